using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Systems.Portable;

/// <content>How the systems of a group are created.</content>
public sealed partial class PortableSystem
{
    /// <summary>Opens the systems of a group.</summary>
    /// <param name="count">How many loops there will be, at least 1.</param>
    /// <param name="listeners">Bound, listening and non-blocking sockets for the first system; none for a client.</param>
    /// <param name="bufferSize">Each receive buffer's size in bytes, at least 1: the most that one event reports.</param>
    /// <returns>The systems; or the error, such as too few descriptors: then nothing stays open.</returns>
    public static Either<IoError, SystemGroup<PortableSystem>> CreateGroup(
        int count,
        ImmutableArray<Socket> listeners,
        int bufferSize
    )
    {
        var shared = new ConcurrentDictionary<int, Socket>();
        return SystemGroup<PortableSystem>.Create(
            count,
            maxConnections: int.MaxValue,
            listeners,
            own => Create(own, shared, bufferSize)
        );
    }

    private static Either<IoError, PortableSystem> Create(
        ImmutableArray<Socket> listeners,
        ConcurrentDictionary<int, Socket> accepted,
        int bufferSize
    )
    {
        Socket? opened = null;
        try
        {
            opened = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            opened.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            opened.Connect(opened.LocalEndPoint!);
            opened.Blocking = false;
            return new PortableSystem(listeners, accepted, opened, bufferSize);
        }
        catch (SocketException exception)
        {
            opened?.Dispose();
            return SocketErrors.ToError(exception.SocketErrorCode);
        }
    }
}
