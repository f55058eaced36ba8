using System.Net;
using System.Net.Sockets;

namespace TinyTcp.Tests.Support;

/// <summary>A port that a server may be told to take, and that the system gives to nobody by itself.</summary>
internal static class FreePort
{
    /// <summary>One that nobody has at the moment.</summary>
    internal static int Any() =>
        Enumerable
            .Range(20_000, 10_000)
            .First(static port => IsFree(new IPEndPoint(IPAddress.Loopback, port)));

    private static bool IsFree(IPEndPoint endPoint)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(endPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
