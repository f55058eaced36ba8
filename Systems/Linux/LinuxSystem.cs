using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>The loop's system on Linux: epoll, level by level.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It is disposable; the rule does not look at structs.")]
internal readonly unsafe partial struct LinuxSystem : ISystem
{
    private const int AcceptsPerTurn = 64;

    // What an event is about. A connection's events carry its number, the other two descriptors stand for themselves.
    private const int Bytes = 0;
    private const int Room = 1;
    private const int Door = 2;
    private const int WakeUp = 3;
    private const int Way = 4;

    private readonly Epoll epoll = new();
    private readonly int waker = Libc.EventFd(0, Libc.EfdNonblockCloexec);
    private readonly ImmutableArray<Socket> listeners;
    private readonly DescriptorBudget descriptors;
    private readonly SlotTable numbers = new();
    private readonly byte[] buffer;
    private readonly byte* bufferAt;

    /// <summary>Watches listeners that are bound, listening and non-blocking.</summary>
    /// <param name="listeners">The listeners; several systems may share them.</param>
    /// <param name="descriptors">Those that are left for connections, of all systems together.</param>
    /// <param name="bufferSize">The most bytes handed over at once.</param>
    public LinuxSystem(ImmutableArray<Socket> listeners, DescriptorBudget descriptors, int bufferSize)
    {
        this.listeners = listeners;
        this.descriptors = descriptors;
        buffer = GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true);
        bufferAt = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0);
        var fault = epoll.Control(Libc.EpollCtlAdd, waker, Libc.EpollIn, waker, WakeUp)
            ? SetAccepting(enabled: true)
            : Errno.ToIoError(Errno.Last);
        if (fault.IsSome)
        {
            throw new IOException($"epoll_ctl: {fault}");
        }
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout) => epoll.Wait(ToMilliseconds(timeout));

    /// <inheritdoc/>
    public bool TryNext(out IoEvent ioEvent)
    {
        while (epoll.TryCurrent(out var number, out var about))
        {
            var found =
                about == Bytes ? TryReceive(number, out ioEvent)
                : about == Room ? TryWritable(number, out ioEvent)
                : about == Door ? TryAccept(number, out ioEvent)
                : about == Way ? TryConnected(number, out ioEvent)
                : TryWake(out ioEvent);
            if (found)
            {
                return true;
            }
        }

        ioEvent = default;
        return false;
    }

    /// <inheritdoc/>
    public SocketError ToSocketError(IoError fault) => Errno.ToSocketError(fault.Code);

    /// <inheritdoc/>
    public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        var descriptor = numbers[connection];
        fixed (byte* at = bytes)
        {
            nint sent;
            do
            {
                sent = Libc.Send(descriptor, at, (nuint)bytes.Length, Libc.MsgNosignal);
            } while (sent < 0 && Errno.IsInterrupted(Errno.Last));

            return sent >= 0 ? (int)sent
                : Errno.IsWouldBlock(Errno.Last) ? 0
                : Errno.ToIoError(Errno.Last);
        }
    }

    /// <inheritdoc/>
    public void WatchReadable(int connection) =>
        epoll.Control(Libc.EpollCtlMod, numbers[connection], Libc.EpollIn, connection, Bytes);

    /// <inheritdoc/>
    public void WatchWritable(int connection) =>
        epoll.Control(Libc.EpollCtlMod, numbers[connection], Libc.EpollOut, connection, Room);

    /// <inheritdoc/>
    public void ShutdownSend(int connection) => _ = Libc.Shutdown(numbers[connection], Libc.ShutWr);

    /// <inheritdoc/>
    public void AbortOnClose(int connection)
    {
        var onAndNoTime = stackalloc int[] { 1, 0 };
        _ = Libc.SetOption(numbers[connection], Libc.SolSocket, Libc.SoLinger, onAndNoTime, 2 * sizeof(int));
    }

    /// <inheritdoc/>
    public void Close(int connection)
    {
        // A close does not end the watch while a child of this process still has the descriptor, between its fork and
        // its exec: then events would come of a number that is nobody's, or somebody else's, by now.
        epoll.Remove(numbers[connection]);
        _ = Libc.Close(numbers[connection]);
        numbers.Remove(connection);
        descriptors.Release();
    }

    /// <inheritdoc/>
    public EndPoint GetRemoteEndPoint(int connection) => SocketEndPoints.GetRemote(numbers[connection]);

    /// <inheritdoc/>
    public EndPoint GetLocalEndPoint(int connection) => SocketEndPoints.GetLocal(numbers[connection]);

    /// <inheritdoc/>
    public Option<IoError> SetAccepting(bool enabled)
    {
        foreach (var listener in listeners)
        {
            var door = (int)listener.Handle;
            if (!enabled)
            {
                epoll.Remove(door);
            }
            else if (!epoll.Control(Libc.EpollCtlAdd, door, Libc.EpollIn | Libc.EpollExclusive, door, Door))
            {
                IoError fault = Errno.ToIoError(Errno.Last);
                SetAccepting(enabled: false);
                return fault;
            }
        }

        if (!enabled)
        {
            epoll.Discard(Door);
        }

        return Option<IoError>.None;
    }

    /// <inheritdoc/>
    // The kernel wakes one of those who wait: that may have been this one.
    public bool HasPendingConnection =>
        listeners.Any(static listener => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));

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
        descriptors.Dispose();
    }

    /// <summary>Accepts one connection; the door stays this wait's event until nobody is left or it is enough.</summary>
    private bool TryAccept(int door, out IoEvent happening)
    {
        if (!descriptors.TryAcquire())
        {
            epoll.MoveNext();
            happening = IoEvent.AcceptFailed(DescriptorBudget.WithLimit(Errno.TooManyOpenFiles));
            return true;
        }

        var descriptor = Libc.Accept(door, null, null, Libc.SockNonblock | Libc.SockCloexec);
        var error = descriptor < 0 ? Errno.Last : 0;
        if (Errno.IsTooManyOpenFiles(error))
        {
            descriptors.OnExhausted();
        }

        if (descriptor >= 0 || Errno.IsInterrupted(error))
        {
            epoll.Repeat(AcceptsPerTurn);
        }
        else
        {
            epoll.MoveNext();
        }

        var found = !Errno.IsWouldBlock(error) && !Errno.IsInterrupted(error);
        happening =
            descriptor >= 0 ? Register(descriptor)
            : found ? IoEvent.AcceptFailed(DescriptorBudget.WithLimit(Errno.ToIoError(error)))
            : default;
        if (descriptor < 0)
        {
            descriptors.Release();
        }

        return found;
    }

    private IoEvent Register(int descriptor)
    {
        var connection = numbers.Add(descriptor);
        if (epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollIn, connection, Bytes))
        {
            return IoEvent.Accepted(connection);
        }

        IoError fault = Errno.ToIoError(Errno.Last);
        Close(connection);
        return IoEvent.AcceptFailed(fault);
    }

    private bool TryReceive(int connection, out IoEvent happening)
    {
        var received = Libc.Receive(numbers[connection], bufferAt, (nuint)buffer.Length, 0);
        var error = received < 0 ? Errno.Last : 0;
        if (Errno.IsInterrupted(error))
        {
            happening = default;
            return false;
        }

        epoll.MoveNext();
        happening =
            received > 0 ? IoEvent.Received(connection, buffer.AsMemory(0, (int)received))
            : received == 0 ? IoEvent.PeerFinished(connection)
            : IoEvent.ConnectionLost(connection, Errno.ToIoError(error));
        return !Errno.IsWouldBlock(error);
    }

    /// <summary>There is room, or the connection is lost: then it is the next send that says so, and why.</summary>
    private bool TryWritable(int connection, out IoEvent happening)
    {
        epoll.MoveNext();
        happening = IoEvent.Writable(connection);
        return true;
    }

    private bool TryWake(out IoEvent happening)
    {
        epoll.MoveNext();
        long count;
        _ = Libc.Read(waker, (byte*)&count, sizeof(long));
        happening = IoEvent.Woken;
        return true;
    }

    private static int ToMilliseconds(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan
            ? -1
            : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
}
