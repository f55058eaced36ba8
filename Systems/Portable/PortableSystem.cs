using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using static LanguageExt.Prelude;

namespace TinyTcp.Systems.Portable;

/// <summary>The system on any machine that .NET runs on: non-blocking sockets and Select. Slower than epoll.</summary>
public sealed partial class PortableSystem : IConnectingSystem
{
    private const int AcceptsPerWait = 64;

    // Select takes microseconds in an int.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private readonly SlotTable<Socket> slots = new();
    private readonly Dictionary<Socket, int> connections = [];
    private readonly Dictionary<Socket, Interest> interests = [];
    private readonly System.Collections.Generic.HashSet<Socket> connecting = [];
    private readonly Queue<(Socket Socket, bool IsWritable)> ready = new();
    private readonly ImmutableArray<Socket> listeners;
    private readonly ConcurrentDictionary<int, Socket> accepted;
    private readonly Socket waker;
    private readonly byte[] buffer;
    private bool accepting = true;
    private int acceptedInWait;
    private int lastConnection;

    private PortableSystem(
        ImmutableArray<Socket> listeners,
        ConcurrentDictionary<int, Socket> accepted,
        Socket waker,
        int bufferSize
    )
    {
        this.listeners = listeners;
        this.accepted = accepted;
        this.waker = waker;
        buffer = new byte[bufferSize];
    }

    /// <inheritdoc/>
    public int PendingConnections => listeners.Count(HasPending);

    /// <inheritdoc/>
    public bool HasReportedAll { get; private set; } = true;

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        var readable = connections
            .Keys.Where(socket => !interests.ContainsKey(socket))
            .Append(waker)
            .ToList();
        var writable = interests
            .Where(static each => each.Value == Interest.Output)
            .Select(static each => each.Key)
            .ToList();
        var failed = connecting.ToList();
        if (accepting)
        {
            readable.AddRange(listeners);
        }

        var endless = timeout == Timeout.InfiniteTimeSpan || timeout > LongestWait;
        Socket.Select(readable, writable, failed, endless ? LongestWait : timeout);
        (acceptedInWait, HasReportedAll) = (0, true);
        ready.Clear();
        readable.ForEach(socket => ready.Enqueue((socket, IsWritable: false)));
        writable.Union(failed).ToList().ForEach(socket => ready.Enqueue((socket, IsWritable: true)));
    }

    /// <inheritdoc/>
    public bool TryNext(out IoEvent ioEvent)
    {
        while (ready.TryPeek(out var next))
        {
            var found =
                listeners.Contains(next.Socket) ? NextAccepted(next.Socket)
                : next.Socket == waker ? NextWake()
                : connecting.Contains(next.Socket) ? NextConnected(next.Socket)
                : next.IsWritable ? NextWritable(next.Socket)
                : NextReceived(next.Socket);
            if (found.IsSome)
            {
                ioEvent = (IoEvent)found;
                return true;
            }
        }

        ioEvent = default;
        return false;
    }

    /// <inheritdoc/>
    public EndPoint GetPeer(int socket) => EndPointOf(accepted[socket], static peer => peer.RemoteEndPoint);

    /// <inheritdoc/>
    public Either<IoError, int> Adopt(int socket)
    {
        Add(accepted[socket]);
        accepted.TryRemove(socket, out _);
        return lastConnection;
    }

    /// <inheritdoc/>
    public void Discard(int socket)
    {
        accepted.TryRemove(socket, out var discarded);
        discarded!.Dispose();
    }

    /// <inheritdoc/>
    public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var sent = slots[connection].Send(bytes, SocketFlags.None, out var error);
        return error == SocketError.Success ? sent
            : SocketErrors.IsWouldBlock(error) ? 0
            : SocketErrors.ToError(error);
    }

    /// <inheritdoc/>
    // .NET does not tell.
    public int GetUnacknowledged(int connection) => 0;

    /// <inheritdoc/>
    public void WatchReadable(int connection) => interests.Remove(slots[connection]);

    /// <inheritdoc/>
    public void WatchWritable(int connection) => interests[slots[connection]] = Interest.Output;

    /// <inheritdoc/>
    // Select reports no loss without what it is asked for: the next send finds it.
    public void WatchLoss(int connection) => interests[slots[connection]] = Interest.Loss;

    /// <inheritdoc/>
    public void ShutdownSend(int connection) =>
        Attempt(() => slots[connection].Shutdown(SocketShutdown.Send));

    /// <inheritdoc/>
    public void AbortOnClose(int connection) =>
        Attempt(() => slots[connection].LingerState = new LingerOption(enable: true, seconds: 0));

    /// <inheritdoc/>
    public void Close(int connection)
    {
        var socket = slots[connection];
        slots.Remove(connection);
        connections.Remove(socket);
        interests.Remove(socket);
        connecting.Remove(socket);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        accepting = enabled;
        return None;
    }

    /// <inheritdoc/>
    public void CloseListeners() => listeners.ToList().ForEach(static listener => listener.Dispose());

    /// <inheritdoc/>
    // A failure is no loss: a buffer that is full of wake-ups ends the wait as well.
    public void Wake() => waker.Send([1], SocketFlags.None, out _);

    /// <inheritdoc/>
    public void Dispose()
    {
        connections.Keys.ToList().ForEach(static socket => socket.Dispose());
        waker.Dispose();
    }

    private Option<IoEvent> NextAccepted(Socket listener)
    {
        if (!accepting || ++acceptedInWait > AcceptsPerWait)
        {
            ready.Dequeue();
            HasReportedAll &= !accepting;
            return None;
        }

        var socket = 0;
        var error = Attempt(() => socket = Keep(listener.Accept()));
        if (error.IsNone)
        {
            return IoEvent.Accepted(socket);
        }

        ready.Dequeue();
        return error
            .Filter(static error => !SocketErrors.IsWouldBlock(error))
            .Map(static error => IoEvent.AcceptFailed(SocketErrors.ToError(error)));
    }

    /// <summary>Keeps an accepted socket until a system of the group adopts or discards it.</summary>
    /// <returns>Its number: the operating system's handle.</returns>
    private int Keep(Socket socket)
    {
        try
        {
            Prepare(socket);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }

        var number = (int)socket.Handle;
        accepted[number] = socket;
        return number;
    }

    private static void Prepare(Socket socket)
    {
        socket.Blocking = false;
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.NoDelay = true;
        }
    }

    private static EndPoint EndPointOf(Socket socket, Func<Socket, EndPoint?> end)
    {
        EndPoint? found = null;
        Attempt(() => found = end(socket));
        return found ?? ISystem.UnknownEndPoint;
    }

    private static bool HasPending(Socket listener)
    {
        var found = false;
        Attempt(() => found = listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));
        return found;
    }

    private void Add(Socket socket)
    {
        lastConnection = slots.Add(socket);
        connections.Add(socket, lastConnection);
    }

    private Option<IoEvent> NextReceived(Socket socket)
    {
        ready.Dequeue();
        if (!connections.TryGetValue(socket, out var connection))
        {
            return None;
        }

        var received = socket.Receive(buffer, SocketFlags.None, out var error);
        HasReportedAll &= received < buffer.Length;
        return SocketErrors.IsWouldBlock(error) ? None
            : error != SocketError.Success ? IoEvent.ConnectionLost(connection, SocketErrors.ToError(error))
            : received == 0 ? IoEvent.PeerFinished(connection)
            : IoEvent.Received(connection, buffer.AsMemory(0, received));
    }

    private Option<IoEvent> NextWritable(Socket socket)
    {
        ready.Dequeue();
        return connections.TryGetValue(socket, out var connection) ? IoEvent.Writable(connection) : None;
    }

    private Option<IoEvent> NextWake()
    {
        ready.Dequeue();
        SocketError error;
        do
        {
            waker.Receive(buffer, SocketFlags.None, out error);
        } while (error == SocketError.Success);
        return IoEvent.Woken;
    }

    /// <summary>Turns the exception of a .NET call into a value.</summary>
    private static Option<SocketError> Attempt(Action call)
    {
        try
        {
            call();
            return None;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode;
        }
    }
}
