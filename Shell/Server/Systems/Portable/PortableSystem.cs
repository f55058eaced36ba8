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
    private readonly System.Collections.Generic.HashSet<Socket> awaitingRoom = [];
    private readonly System.Collections.Generic.HashSet<Socket> connecting = [];
    private readonly Queue<(Socket Socket, bool Room)> ready = new();
    private readonly ImmutableArray<Socket> listeners;
    private readonly Socket wakeUp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
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
        wakeUp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        wakeUp.Connect(wakeUp.LocalEndPoint!);
        wakeUp.Blocking = false;
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout)
    {
        var readable = ids.Keys.Where(socket => !awaitingRoom.Contains(socket)).Append(wakeUp).ToList();
        var writable = awaitingRoom.ToList();
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
    public bool TryNext(out Happening happening)
    {
        while (ready.TryPeek(out var next))
        {
            var found =
                listeners.Contains(next.Socket) ? NextAccepted(next.Socket)
                : next.Socket == wakeUp ? NextWakeUp()
                : connecting.Contains(next.Socket) ? NextConnected(next.Socket)
                : next.Room ? NextRoom(next.Socket)
                : NextReceived(next.Socket);
            if (found.IsSome)
            {
                happening = (Happening)found;
                return true;
            }
        }

        happening = default;
        return false;
    }

    /// <inheritdoc/>
    public Either<Fault, int> Connect(EndPoint endPoint)
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
                .Filter(static error => !SocketFaults.IsUnderWay(error));
        if (fault.IsSome)
        {
            socket.Dispose();
            return fault.Map(SocketFaults.ToFault).IfNone(default(Fault));
        }

        Number(socket);
        connecting.Add(socket);
        awaitingRoom.Add(socket);
        return lastId;
    }

    /// <inheritdoc/>
    public SocketError ErrorOf(Fault fault) => (SocketError)fault.Code;

    /// <inheritdoc/>
    public Either<Fault, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var sent = connections[connection].Send(bytes, SocketFlags.None, out var error);
        return error == SocketError.Success ? sent
            : SocketFaults.IsNothingYet(error) ? 0
            : SocketFaults.ToFault(error);
    }

    /// <inheritdoc/>
    public void AwaitBytes(int connection) => awaitingRoom.Remove(connections[connection]);

    /// <inheritdoc/>
    public void AwaitRoom(int connection) => awaitingRoom.Add(connections[connection]);

    /// <inheritdoc/>
    public void FinishSending(int connection) =>
        Attempt(() => connections[connection].Shutdown(SocketShutdown.Send));

    /// <inheritdoc/>
    public void Reset(int connection) =>
        Attempt(() => connections[connection].LingerState = new LingerOption(enable: true, seconds: 0));

    /// <inheritdoc/>
    public void Close(int connection)
    {
        var socket = connections[connection];
        connections.Remove(connection);
        ids.Remove(socket);
        awaitingRoom.Remove(socket);
        connecting.Remove(socket);
        socket.Dispose();
    }

    /// <inheritdoc/>
    public EndPoint PeerOf(int connection) => EndOf(connection, static socket => socket.RemoteEndPoint);

    /// <inheritdoc/>
    public EndPoint SelfOf(int connection) => EndOf(connection, static socket => socket.LocalEndPoint);

    /// <inheritdoc/>
    public Option<Fault> Accept(bool enabled)
    {
        accepting = enabled;
        return None;
    }

    /// <inheritdoc/>
    public bool SomebodyWaits =>
        listeners.Any(static listener => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));

    /// <inheritdoc/>
    public void Wake() => wakeUp.Send([1]);

    /// <inheritdoc/>
    public void Dispose()
    {
        connections.Values.ToList().ForEach(static socket => socket.Dispose());
        wakeUp.Dispose();
    }

    private Option<Happening> NextAccepted(Socket listener)
    {
        if (!accepting || ++accepted > AcceptsPerTurn)
        {
            ready.Dequeue();
            return None;
        }

        var fault = Attempt(() => Watch(listener.Accept()));
        if (fault.IsNone)
        {
            return Happening.Accepted(lastId);
        }

        ready.Dequeue();
        return fault
            .Filter(static error => !SocketFaults.IsNothingYet(error))
            .Map(static error => Happening.AcceptFailed(SocketFaults.ToFault(error)));
    }

    private void Watch(Socket socket)
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

    private EndPoint EndOf(int connection, Func<Socket, EndPoint?> end)
    {
        EndPoint? found = null;
        Attempt(() => found = end(connections[connection]));
        return found ?? ISystem.Nobody;
    }

    private void Number(Socket socket)
    {
        lastId = Enumerable.Range(0, connections.Count + 1).First(id => !connections.ContainsKey(id));
        connections.Add(lastId, socket);
        ids.Add(socket, lastId);
    }

    /// <summary>What became of an attempt to connect.</summary>
    private Option<Happening> NextConnected(Socket socket)
    {
        ready.Dequeue();
        connecting.Remove(socket);
        awaitingRoom.Remove(socket);
        var error = (SocketError)0;
        var unknown = Attempt(() => error = SocketFaults.Pending(socket));
        var fault = unknown || Some(error).Filter(static known => known != SocketError.Success);
        return fault.Match(
            Some: failed => Happening.Lost(ids[socket], SocketFaults.ToFault(failed)),
            None: () => Happening.Connected(ids[socket])
        );
    }

    private Option<Happening> NextReceived(Socket socket)
    {
        ready.Dequeue();
        if (!ids.TryGetValue(socket, out var id))
        {
            return None;
        }

        var received = socket.Receive(buffer, SocketFlags.None, out var error);
        return SocketFaults.IsNothingYet(error) ? None
            : error != SocketError.Success ? Happening.Lost(id, SocketFaults.ToFault(error))
            : received == 0 ? Happening.PeerFinished(id)
            : Happening.Received(id, buffer.AsMemory(0, received));
    }

    private Option<Happening> NextRoom(Socket socket)
    {
        ready.Dequeue();
        return ids.TryGetValue(socket, out var id) ? Happening.Room(id) : None;
    }

    private Option<Happening> NextWakeUp()
    {
        ready.Dequeue();
        wakeUp.Receive(buffer, SocketFlags.None, out _);
        return Happening.Woken;
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
