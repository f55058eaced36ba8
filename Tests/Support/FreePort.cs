using System.Net;
using System.Net.Sockets;

namespace TinyTcp.Tests.Support;

/// <summary>Finds a free port outside the range of ephemeral ports, for a server with a fixed port.</summary>
internal static class FreePort
{
    /// <summary>A port that is free now.</summary>
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
