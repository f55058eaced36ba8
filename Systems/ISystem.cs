using System.Net;
using LanguageExt;

namespace TinyTcp.Systems;

/// <summary>
/// The operating system as an event loop sees it: listeners, connections, and waiting for any of them. A loop owns one
/// system and calls it from one thread; only <see cref="Wake"/> may be called from any thread. Events are completions:
/// a system that reports readiness to itself (epoll) receives or accepts before it reports the event.
/// </summary>
/// <remarks>
/// Of the systems of a group the first has the listeners and accepts; any of them may adopt what it accepted. A new system
/// accepts: <see cref="SetAccepting"/> is on until it is turned off. A connection is known by its
/// slot: a small number, used again after <see cref="Close"/>.
/// </remarks>
public interface ISystem : IDisposable
{
    /// <summary>The peer's address where it is not known.</summary>
    static EndPoint UnknownEndPoint { get; } = new UnknownEndPoint();

    /// <summary>How many connections wait to be accepted by this system; where it cannot count them, 1 stands for any number.</summary>
    int PendingConnections { get; }

    /// <summary>
    /// Whether everything that had arrived when the last <see cref="Wait"/> began was reported, to be read once all events
    /// are taken. It is false if a signal interrupted the wait, or there was more than one wait reports: the next wait
    /// reports the rest at once.
    /// </summary>
    bool HasReportedAll { get; }

    /// <summary>Waits until there are events or the timeout is over.</summary>
    /// <param name="timeout">0 or more, or <see cref="Timeout.InfiniteTimeSpan"/> to wait without a limit.</param>
    void Wait(TimeSpan timeout);

    /// <summary>Takes the next event since the last <see cref="Wait"/>.</summary>
    /// <param name="ioEvent">The event; its bytes are valid until the next call.</param>
    /// <returns>False once all events are taken.</returns>
    bool TryNext(out IoEvent ioEvent);

    /// <summary>The peer's address of an accepted socket; <see cref="UnknownEndPoint"/> if the connection is lost.</summary>
    /// <param name="socket">The number that <see cref="IoEventKind.Accepted"/> reported on this system.</param>
    EndPoint GetPeer(int socket);

    /// <summary>Makes an accepted socket a connection of this system. It is watched for input.</summary>
    /// <param name="socket">
    /// The number that <see cref="IoEventKind.Accepted"/> reported, on this system or another one of its group.
    /// </param>
    /// <returns>The connection's slot; or why the system cannot watch it: then the socket is closed.</returns>
    Either<IoError, int> Adopt(int socket);

    /// <summary>Closes an accepted socket that no system has adopted.</summary>
    /// <param name="socket">The number that <see cref="IoEventKind.Accepted"/> reported.</param>
    void Discard(int socket);

    /// <summary>Sends as many bytes as the kernel takes without blocking.</summary>
    /// <param name="connection">The connection's slot.</param>
    /// <param name="bytes">At least one byte.</param>
    /// <returns>How many bytes were taken, perhaps 0; or why the connection is lost.</returns>
    Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes);

    /// <summary>
    /// How many of the bytes taken by <see cref="Send"/> the peer has not acknowledged; FIN counts as one. 0 if the connection is
    /// lost, and where the system cannot tell.
    /// </summary>
    int GetUnacknowledged(int connection);

    /// <summary>Reports input and the peer's FIN from now on, and not whether the connection is writable: the initial state.</summary>
    void WatchReadable(int connection);

    /// <summary>Reports when the connection is writable from now on, and receives nothing: the peer's sends back up.</summary>
    void WatchWritable(int connection);

    /// <summary>
    /// Reports only the loss of the connection from now on; and of a connection that both sides have finished, as
    /// <see cref="IoEventKind.PeerFinished"/>, that the peer has acknowledged everything.
    /// </summary>
    void WatchLoss(int connection);

    /// <summary>Sends FIN: nothing more will be sent.</summary>
    void ShutdownSend(int connection);

    /// <summary>Makes the following <see cref="Close"/> reset the connection: unsent bytes are discarded.</summary>
    void AbortOnClose(int connection);

    /// <summary>
    /// Closes the connection: the one of the current event, or any once all events are taken. No more events of it are
    /// reported.
    /// </summary>
    void Close(int connection);

    /// <summary>Turns accepting on or off. Off takes effect at once, also between two events of the same wait.</summary>
    /// <returns>Why accepting cannot be turned on now, if so.</returns>
    Option<IoError> SetAccepting(bool enabled);

    /// <summary>
    /// Closes the listeners: the next clients are refused, those that wait are reset. Accepting has to be off, and stays off.
    /// </summary>
    void CloseListeners();

    /// <summary>Ends a <see cref="Wait"/>, from any thread. It does not throw before the system is disposed.</summary>
    void Wake();
}
