using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using static LanguageExt.Prelude;

namespace TinyTcp.Systems.Portable;

/// <summary>The loop's system on any machine that .NET runs on: sockets and Select. Slower than epoll, and fine.</summary>
internal sealed class PortableSystem : ISystem
{
    private const int AcceptsPerTurn = 64;

    // Select counts its time in microseconds of an int.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    private readonly Dictionary<int, Socket> connections = [];
    private readonly Dictionary<Socket, int> ids = [];
    private readonly System.Collections.Generic.HashSet<Socket> watchedWritable = [];
    private readonly System.Collections.Generic.HashSet<Socket> connecting = [];
    private readonly Queue<(Socket Socket, bool Room)> ready = new();
    private readonly ImmutableArray<Socket> listeners;
    private readonly Socket waker = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly byte[] buffer;
    private bool accepting = true;
    private int accepted;
    private int lastId;

    /// <summary>Watches listeners that are bound, listening and non-blocking.</summary>
    /// <param name="listeners">The listeners; several systems may share them.</param>
    /// <param name="bufferSize">The most bytes handed over at once.</param>
    public PortableSystem(ImmutableArray<Socket> listeners, int bufferSize)
    {
        this.listeners = listeners;
        buffer = new byte[bufferSize];
        waker.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        waker.Connect(waker.LocalEndPoint!);
        waker.Blocking = false;
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        var readable = ids.Keys.Where(socket => !watchedWritable.Contains(socket)).Append(waker).ToList();
        var writable = watchedWritable.ToList();
        var failed = connecting.ToList();
        if (accepting)
        {
            readable.AddRange(listeners);
        }

        var endless = timeout == Timeout.InfiniteTimeSpan || timeout > LongestWait;
        Socket.Select(readable, writable, failed, endless ? LongestWait : timeout);
        accepted = 0;
        ready.Clear();
        readable.ForEach(socket => ready.Enqueue((socket, Room: false)));
        writable.Union(failed).ToList().ForEach(socket => ready.Enqueue((socket, Room: true)));
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
                : next.Room ? NextWritable(next.Socket)
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
    public Either<IoError, int> Connect(EndPoint endPoint)
    {
        var isUnix = endPoint.AddressFamily == AddressFamily.Unix;
        var socket = new Socket(
            endPoint.AddressFamily,
            SocketType.Stream,
            isUnix ? ProtocolType.Unspecified : ProtocolType.Tcp
        );
        var fault =
            Attempt(() => Prepare(socket))
            || Attempt(() => socket.Connect(endPoint))
                .Filter(static error => !SocketErrors.IsInProgress(error));
        if (fault.IsSome)
        {
            socket.Dispose();
            return fault.Map(SocketErrors.ToIoError).IfNone(default(IoError));
        }

        Number(socket);
        connecting.Add(socket);
        watchedWritable.Add(socket);
        return lastId;
    }

    /// <inheritdoc/>
    public SocketError ToSocketError(IoError fault) => (SocketError)fault.Code;

    /// <inheritdoc/>
    public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var sent = connections[connection].Send(bytes, SocketFlags.None, out var error);
        return error == SocketError.Success ? sent
            : SocketErrors.IsWouldBlock(error) ? 0
            : SocketErrors.ToIoError(error);
    }

    /// <inheritdoc/>
    public void WatchReadable(int connection) => watchedWritable.Remove(connections[connection]);

    /// <inheritdoc/>
    public void WatchWritable(int connection) => watchedWritable.Add(connections[connection]);

    /// <inheritdoc/>
    public void ShutdownSend(int connection) =>
        Attempt(() => connections[connection].Shutdown(SocketShutdown.Send));

    /// <inheritdoc/>
    public void AbortOnClose(int connection) =>
        Attempt(() => connections[connection].LingerState = new LingerOption(enable: true, seconds: 0));

    /// <inheritdoc/>
    public void Close(int connection)
    {
        var socket = connections[connection];
        connections.Remove(connection);
        ids.Remove(socket);
        watchedWritable.Remove(socket);
        connecting.Remove(socket);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) =>
        EndPointOf(connection, static socket => socket.RemoteEndPoint);

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) =>
        EndPointOf(connection, static socket => socket.LocalEndPoint);

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        accepting = enabled;
        return None;
    }

    /// <inheritdoc/>
    public bool HasPendingConnection =>
        listeners.Any(static listener => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));

    /// <inheritdoc/>
    public void Wake() => waker.Send([1]);

    /// <inheritdoc/>
    public void Dispose()
    {
        connections.Values.ToList().ForEach(static socket => socket.Dispose());
        waker.Dispose();
    }

    private Option<IoEvent> NextAccepted(Socket listener)
    {
        if (!accepting || ++accepted > AcceptsPerTurn)
        {
            ready.Dequeue();
            return None;
        }

        var fault = Attempt(() => Register(listener.Accept()));
        if (fault.IsNone)
        {
            return IoEvent.Accepted(lastId);
        }

        ready.Dequeue();
        return fault
            .Filter(static error => !SocketErrors.IsWouldBlock(error))
            .Map(static error => IoEvent.AcceptFailed(SocketErrors.ToIoError(error)));
    }

    private void Register(Socket socket)
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

        Number(socket);
    }

    private static void Prepare(Socket socket)
    {
        socket.Blocking = false;
        if (socket.AddressFamily != AddressFamily.Unix)
        {
            socket.NoDelay = true;
        }
    }

    private EndPoint EndPointOf(int connection, Func<Socket, EndPoint?> end)
    {
        EndPoint? found = null;
        Attempt(() => found = end(connections[connection]));
        return found ?? ISystem.UnknownEndPoint;
    }

    private void Number(Socket socket)
    {
        lastId = Enumerable.Range(0, connections.Count + 1).First(id => !connections.ContainsKey(id));
        connections.Add(lastId, socket);
        ids.Add(socket, lastId);
    }

    /// <summary>What became of an attempt to connect.</summary>
    private Option<IoEvent> NextConnected(Socket socket)
    {
        ready.Dequeue();
        connecting.Remove(socket);
        watchedWritable.Remove(socket);
        var error = (SocketError)0;
        var unknown = Attempt(() => error = SocketErrors.Pending(socket));
        var fault = unknown || Some(error).Filter(static known => known != SocketError.Success);
        return fault.Match(
            Some: failed => IoEvent.ConnectionLost(ids[socket], SocketErrors.ToIoError(failed)),
            None: () => IoEvent.Connected(ids[socket])
        );
    }

    private Option<IoEvent> NextReceived(Socket socket)
    {
        ready.Dequeue();
        if (!ids.TryGetValue(socket, out var id))
        {
            return None;
        }

        var received = socket.Receive(buffer, SocketFlags.None, out var error);
        return SocketErrors.IsWouldBlock(error) ? None
            : error != SocketError.Success ? IoEvent.ConnectionLost(id, SocketErrors.ToIoError(error))
            : received == 0 ? IoEvent.PeerFinished(id)
            : IoEvent.Received(id, buffer.AsMemory(0, received));
    }

    private Option<IoEvent> NextWritable(Socket socket)
    {
        ready.Dequeue();
        return ids.TryGetValue(socket, out var id) ? IoEvent.Writable(id) : None;
    }

    private Option<IoEvent> NextWake()
    {
        ready.Dequeue();
        waker.Receive(buffer, SocketFlags.None, out _);
        return IoEvent.Woken;
    }

    /// <summary>For the calls that .NET lets fail by exception only.</summary>
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
