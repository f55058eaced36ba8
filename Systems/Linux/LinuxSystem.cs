using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>The system on Linux: epoll, level-triggered. A struct, so that the loop's calls are direct.</summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "False positive: the rule does not see IDisposable on structs."
)]
[SuppressMessage("Performance", "CA1815", Justification = "Systems are not compared.")]
public readonly unsafe partial struct LinuxSystem : IConnectingSystem
{
    private const int AcceptsPerWait = 64;

    // A connection's events carry its slot; those of a listener and of the eventfd carry their descriptor.
    private readonly Epoll epoll;
    private readonly int waker;
    private readonly ImmutableArray<Socket> listeners;
    private readonly DescriptorBudget budget;
    private readonly SlotTable<int> slots = new();
    private readonly byte[] buffer;
    private readonly byte* bufferAt;

    private LinuxSystem(
        int epoll,
        int waker,
        ImmutableArray<Socket> listeners,
        DescriptorBudget budget,
        int bufferSize
    )
    {
        this.epoll = new Epoll(epoll);
        this.waker = waker;
        this.listeners = listeners;
        this.budget = budget;
        buffer = GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true);
        bufferAt = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0);
    }

    /// <inheritdoc/>
    public bool HasPendingConnection =>
        listeners.Any(static listener => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout) => epoll.Wait(ToMilliseconds(timeout));

    /// <inheritdoc/>
    public bool TryNext(out IoEvent ioEvent)
    {
        while (epoll.TryCurrent(out var number, out var kind))
        {
            var found = kind switch
            {
                WatchKind.Readable => TryReceive(number, out ioEvent),
                WatchKind.Writable => TryWritable(number, out ioEvent),
                WatchKind.Connecting => TryConnected(number, out ioEvent),
                WatchKind.Listener => TryAccept(number, out ioEvent),
                WatchKind.Waker => TryWake(out ioEvent),
            };
            if (found)
            {
                return true;
            }
        }

        ioEvent = default;
        return false;
    }

    /// <inheritdoc/>
    public EndPoint GetPeer(int socket) => SocketEndPoints.GetRemote(socket);

    /// <inheritdoc/>
    public Either<IoError, int> Adopt(int socket) => Add(socket, Libc.EpollIn, WatchKind.Readable);

    /// <inheritdoc/>
    public void Discard(int socket)
    {
        _ = Libc.Close(socket);
        budget.Release();
    }

    /// <inheritdoc/>
    public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var descriptor = slots[connection];
        fixed (byte* at = bytes)
        {
            nint sent;
            do
            {
                sent = Libc.Send(descriptor, at, (nuint)bytes.Length, Libc.MsgNosignal);
            } while (sent < 0 && Errno.IsInterrupted(Errno.Last));

            return sent >= 0 ? (int)sent
                : Errno.IsWouldBlock(Errno.Last) ? 0
                : Errno.ToError(Errno.Last);
        }
    }

    /// <inheritdoc/>
    public void WatchReadable(int connection) =>
        epoll.Control(Libc.EpollCtlMod, slots[connection], Libc.EpollIn, connection, WatchKind.Readable);

    /// <inheritdoc/>
    public void WatchWritable(int connection) =>
        epoll.Control(Libc.EpollCtlMod, slots[connection], Libc.EpollOut, connection, WatchKind.Writable);

    /// <inheritdoc/>
    public void ShutdownSend(int connection) => _ = Libc.Shutdown(slots[connection], Libc.ShutWr);

    /// <inheritdoc/>
    public void AbortOnClose(int connection)
    {
        var linger = stackalloc int[] { 1, 0 };
        _ = Libc.SetOption(slots[connection], Libc.SolSocket, Libc.SoLinger, linger, 2 * sizeof(int));
    }

    /// <inheritdoc/>
    public void Close(int connection)
    {
        // Closing alone does not end the watch while a child process still has the descriptor, between its fork and its
        // exec: events would then carry a slot that is free or used again.
        epoll.Remove(slots[connection]);
        _ = Libc.Close(slots[connection]);
        slots.Remove(connection);
        budget.Release();
    }

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        foreach (var listener in listeners)
        {
            var descriptor = (int)listener.Handle;
            if (!enabled)
            {
                epoll.Remove(descriptor);
            }
            else if (!WatchListener(descriptor))
            {
                var error = Errno.ToError(Errno.Last);
                SetAccepting(enabled: false);
                return error;
            }
        }

        if (!enabled)
        {
            epoll.Discard(WatchKind.Listener);
        }

        return Option<IoError>.None;
    }

    /// <inheritdoc/>
    public void Wake()
    {
        var one = 1L;
        _ = Libc.Write(waker, (byte*)&one, sizeof(long));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        epoll.Dispose();
        _ = Libc.Close(waker);
        budget.Dispose();
    }

    /// <summary>Adds a connection and watches it; closes it if that fails.</summary>
    private Either<IoError, int> Add(int socket, uint interest, WatchKind kind)
    {
        var connection = slots.Add(socket);
        if (epoll.Control(Libc.EpollCtlAdd, socket, interest, connection, kind))
        {
            return connection;
        }

        var error = Errno.ToError(Errno.Last);
        Close(connection);
        return error;
    }

    private bool WatchListener(int descriptor) =>
        epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollIn, descriptor, WatchKind.Listener);

    /// <summary>Accepts one connection. The listener stays the current event until none waits or enough are accepted.</summary>
    private bool TryAccept(int listener, out IoEvent ioEvent)
    {
        if (!budget.TryAcquire())
        {
            return TryReportExhausted(out ioEvent);
        }

        var descriptor = Libc.Accept(listener, null, null, Libc.SockNonblock | Libc.SockCloexec);
        var error = descriptor < 0 ? Errno.Last : 0;
        if (Errno.IsTooManyOpenFiles(error))
        {
            budget.OnExhausted();
        }

        if (descriptor >= 0 || Errno.IsInterrupted(error))
        {
            epoll.Repeat(AcceptsPerWait);
        }
        else
        {
            epoll.MoveNext();
        }

        var found = !Errno.IsWouldBlock(error) && !Errno.IsInterrupted(error);
        ioEvent =
            descriptor >= 0 ? IoEvent.Accepted(descriptor)
            : found ? IoEvent.AcceptFailed(DescriptorBudget.Explain(Errno.ToError(error)))
            : default;
        if (descriptor < 0)
        {
            budget.Release();
        }

        return found;
    }

    /// <summary>
    /// No descriptor is left. A pending connection cannot be accepted then; without one, the listener is the current event
    /// only because the last connection was accepted from it.
    /// </summary>
    private bool TryReportExhausted(out IoEvent ioEvent)
    {
        epoll.MoveNext();
        ioEvent = IoEvent.AcceptFailed(DescriptorBudget.Explain(Errno.TooManyOpenFiles));
        return HasPendingConnection;
    }

    private bool TryReceive(int connection, out IoEvent ioEvent)
    {
        var received = Libc.Receive(slots[connection], bufferAt, (nuint)buffer.Length, 0);
        var error = received < 0 ? Errno.Last : 0;
        if (Errno.IsInterrupted(error))
        {
            ioEvent = default;
            return false;
        }

        epoll.MoveNext();
        if (Errno.IsWouldBlock(error))
        {
            ioEvent = default;
            return false;
        }

        ioEvent =
            received > 0 ? IoEvent.Received(connection, buffer.AsMemory(0, (int)received))
            : received == 0 ? IoEvent.PeerFinished(connection)
            : IoEvent.ConnectionLost(connection, Errno.ToError(error));
        return true;
    }

    /// <summary>The connection can send, or it is lost: then the next send returns the error.</summary>
    private bool TryWritable(int connection, out IoEvent ioEvent)
    {
        epoll.MoveNext();
        ioEvent = IoEvent.Writable(connection);
        return true;
    }

    private bool TryWake(out IoEvent ioEvent)
    {
        epoll.MoveNext();
        long count;
        _ = Libc.Read(waker, (byte*)&count, sizeof(long));
        ioEvent = IoEvent.Woken;
        return true;
    }

    private static int ToMilliseconds(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan
            ? -1
            : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
}
