using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Systems;

/// <summary>
/// What a loop asks of a machine, and all it asks: listeners, connections that come and connections that go, and
/// waiting for any of them. A loop owns one system and calls it from one thread; only <see cref="Wake"/> may come from any other. The shape is that
/// of completions: a system that is told of readiness receives by itself before it reports.
/// </summary>
internal interface ISystem : IDisposable
{
    /// <summary>Waits until something has happened or a time is over.</summary>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    void Wait(TimeSpan timeout);

    /// <summary>The next thing that has happened since the last wait.</summary>
    /// <param name="ioEvent">What happened; its bytes are valid until the next call.</param>
    /// <returns>False once everything has been handed over.</returns>
    bool TryNext(out IoEvent ioEvent);

    /// <summary>
    /// Begins to connect. Whether it comes about is reported, once: connected, and from then on it awaits bytes; or lost.
    /// </summary>
    /// <param name="endPoint">To where; the reason why not stays the system's.</param>
    /// <returns>The connection's number; or why there is not even an attempt.</returns>
    Either<IoError, int> Connect(EndPoint endPoint);

    /// <summary>What .NET calls a fault of this system's.</summary>
    SocketError ToSocketError(IoError error);

    /// <summary>Sends as many bytes as can be taken at once.</summary>
    /// <param name="connection">Which connection.</param>
    /// <param name="bytes">At least one byte.</param>
    /// <returns>How many were taken, perhaps none; or why the connection is lost.</returns>
    Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes);

    /// <summary>From now on reports bytes and the peer's end, not room for sending. So it is once there is a connection.</summary>
    void WatchReadable(int connection);

    /// <summary>From now on reports room for sending, and does not receive: the peer's sender fills up and stops.</summary>
    void WatchWritable(int connection);

    /// <summary>Says to the peer that nothing more will be sent (FIN).</summary>
    void ShutdownSend(int connection);

    /// <summary>Has the close that comes next reset the connection: what has not arrived is thrown away.</summary>
    void AbortOnClose(int connection);

    /// <summary>Gives the connection back; nothing is reported of it any more.</summary>
    void Close(int connection);

    /// <summary>Who is at the other end of a connection of which that is not known.</summary>
    static EndPoint UnknownEndPoint { get; } = new IPEndPoint(IPAddress.None, 0);

    /// <summary>Who is at the other end.</summary>
    EndPoint GetRemoteEndPoint(int connection);

    /// <summary>Who is at this end: who calls a port of the machine's own may have been given that port, and met itself.</summary>
    EndPoint GetLocalEndPoint(int connection);

    /// <summary>Whether both ends of a connection are the same address and port (N-4).</summary>
    bool IsSelfConnected(int connection) =>
        GetRemoteEndPoint(connection) is var peer
        && !peer.Equals(UnknownEndPoint)
        && peer.Equals(GetLocalEndPoint(connection));

    /// <summary>
    /// Turns accepting on, or off, for a while or for good: then at once, even between two things that have happened.
    /// </summary>
    /// <returns>Why it cannot be turned on just now, if so.</returns>
    Option<IoError> SetAccepting(bool enabled);

    /// <summary>
    /// Whether somebody waits to be accepted, whom no other system may have been told of: to be asked by who stops
    /// accepting. Turning accepting on always tells.
    /// </summary>
    bool HasPendingConnection { get; }

    /// <summary>Ends a wait, from any thread.</summary>
    void Wake();
}
