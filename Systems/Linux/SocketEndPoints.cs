using System.Net;
using System.Net.Sockets;

namespace TinyTcp.Systems.Linux;

/// <summary>The addresses of a socket's two ends.</summary>
internal static unsafe class SocketEndPoints
{
    private static readonly IPEndPoint AnyV4 = new(IPAddress.Any, 0);
    private static readonly IPEndPoint AnyV6 = new(IPAddress.IPv6Any, 0);

    /// <summary>The peer's address (getpeername).</summary>
    internal static EndPoint GetRemote(int descriptor) => Read(descriptor, &Libc.GetPeerName);

    /// <summary>The local address (getsockname).</summary>
    internal static EndPoint GetLocal(int descriptor) => Read(descriptor, &Libc.GetSocketName);

    /// <summary>Reads an IPv4 or IPv6 address; any other is <see cref="ISystem.UnknownEndPoint"/>.</summary>
    private static EndPoint Read(int descriptor, delegate* <int, byte*, int*, int> read)
    {
        var address = new SocketAddress(AddressFamily.InterNetworkV6);
        var length = address.Size;
        fixed (byte* at = address.Buffer.Span)
        {
            return read(descriptor, at, &length) != 0 ? ISystem.UnknownEndPoint
                : address.Family == AddressFamily.InterNetwork ? AnyV4.Create(address)
                : address.Family == AddressFamily.InterNetworkV6 ? AnyV6.Create(address)
                : ISystem.UnknownEndPoint;
        }
    }
}
