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
    private readonly int wakeUp = Libc.EventFd(0, Libc.EfdNonblockCloexec);
    private readonly ImmutableArray<Socket> listeners;
    private readonly Descriptors descriptors;
    private readonly Numbers numbers = new();
    private readonly byte[] buffer;
    private readonly byte* bufferAt;

    /// <summary>Watches listeners that are bound, listening and non-blocking.</summary>
    /// <param name="listeners">The listeners; several systems may share them.</param>
    /// <param name="descriptors">Those that are left for connections, of all systems together.</param>
    /// <param name="bufferSize">The most bytes handed over at once.</param>
    public LinuxSystem(ImmutableArray<Socket> listeners, Descriptors descriptors, int bufferSize)
    {
        this.listeners = listeners;
        this.descriptors = descriptors;
        buffer = GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true);
        bufferAt = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0);
        var fault = epoll.Control(Libc.EpollCtlAdd, wakeUp, Libc.EpollIn, wakeUp, WakeUp)
            ? Accept(enabled: true)
            : Errno.ToFault(Errno.Last);
        if (fault.IsSome)
        {
            throw new IOException($"epoll_ctl: {fault}");
        }
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout) => epoll.Wait(ToMilliseconds(timeout));

    /// <inheritdoc/>
    public bool TryNext(out Happening happening)
    {
        while (epoll.TryCurrent(out var number, out var about))
        {
            var found =
                about == Bytes ? TryReceive(number, out happening)
                : about == Room ? TryRoom(number, out happening)
                : about == Door ? TryAccept(number, out happening)
                : about == Way ? TryConnected(number, out happening)
                : TryWakeUp(out happening);
            if (found)
            {
                return true;
            }
        }

        happening = default;
        return false;
    }

    /// <inheritdoc/>
    public SocketError ErrorOf(Fault fault) => Errno.ToSocketError(fault.Code);

    /// <inheritdoc/>
    public Either<Fault, int> Send(int connection, ReadOnlySpan<byte> bytes)
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
                : Errno.IsNothingYet(Errno.Last) ? 0
                : Errno.ToFault(Errno.Last);
        }
    }

    /// <inheritdoc/>
    public void AwaitBytes(int connection) =>
        epoll.Control(Libc.EpollCtlMod, numbers[connection], Libc.EpollIn, connection, Bytes);

    /// <inheritdoc/>
    public void AwaitRoom(int connection) =>
        epoll.Control(Libc.EpollCtlMod, numbers[connection], Libc.EpollOut, connection, Room);

    /// <inheritdoc/>
    public void FinishSending(int connection) => _ = Libc.Shutdown(numbers[connection], Libc.ShutWr);

    /// <inheritdoc/>
    public void Reset(int connection)
    {
        var onAndNoTime = stackalloc int[] { 1, 0 };
        _ = Libc.SetOption(numbers[connection], Libc.SolSocket, Libc.SoLinger, onAndNoTime, 2 * sizeof(int));
    }

    /// <inheritdoc/>
    public void Close(int connection)
    {
        // A close does not end the watch while a child of this process still has the descriptor, between its fork and
        // its exec: then events would come of a number that is nobody's, or somebody else's, by now.
        epoll.Forget(numbers[connection]);
        _ = Libc.Close(numbers[connection]);
        numbers.GiveBack(connection);
        descriptors.GiveBack();
    }

    /// <inheritdoc/>
    public EndPoint PeerOf(int connection) => Ends.PeerOf(numbers[connection]);

    /// <inheritdoc/>
    public EndPoint SelfOf(int connection) => Ends.SelfOf(numbers[connection]);

    /// <inheritdoc/>
    public Option<Fault> Accept(bool enabled)
    {
        foreach (var listener in listeners)
        {
            var door = (int)listener.Handle;
            if (!enabled)
            {
                epoll.Forget(door);
            }
            else if (!epoll.Control(Libc.EpollCtlAdd, door, Libc.EpollIn | Libc.EpollExclusive, door, Door))
            {
                var fault = Errno.ToFault(Errno.Last);
                Accept(enabled: false);
                return fault;
            }
        }

        if (!enabled)
        {
            epoll.Drop(Door);
        }

        return Option<Fault>.None;
    }

    /// <inheritdoc/>
    // The kernel wakes one of those who wait: that may have been this one.
    public bool SomebodyWaits =>
        listeners.Any(static listener => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead));

    /// <inheritdoc/>
    public void Wake()
    {
        var one = 1L;
        _ = Libc.Write(wakeUp, (byte*)&one, sizeof(long));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        epoll.Dispose();
        _ = Libc.Close(wakeUp);
        descriptors.Dispose();
    }

    /// <summary>Accepts one connection; the door stays this wait's event until nobody is left or it is enough.</summary>
    private bool TryAccept(int door, out Happening happening)
    {
        if (!descriptors.TryTake())
        {
            epoll.Next();
            happening = Happening.AcceptFailed(Descriptors.Explain(Errno.NoDescriptor));
            return true;
        }

        var descriptor = Libc.Accept(door, null, null, Libc.SockNonblock | Libc.SockCloexec);
        var error = descriptor < 0 ? Errno.Last : 0;
        if (Errno.IsNoDescriptor(error))
        {
            descriptors.RunOut();
        }

        if (descriptor >= 0 || Errno.IsInterrupted(error))
        {
            epoll.Again(AcceptsPerTurn);
        }
        else
        {
            epoll.Next();
        }

        var found = !Errno.IsNothingYet(error) && !Errno.IsInterrupted(error);
        happening =
            descriptor >= 0 ? Watch(descriptor)
            : found ? Happening.AcceptFailed(Descriptors.Explain(Errno.ToFault(error)))
            : default;
        if (descriptor < 0)
        {
            descriptors.GiveBack();
        }

        return found;
    }

    private Happening Watch(int descriptor)
    {
        var connection = numbers.Take(descriptor);
        if (epoll.Control(Libc.EpollCtlAdd, descriptor, Libc.EpollIn, connection, Bytes))
        {
            return Happening.Accepted(connection);
        }

        var fault = Errno.ToFault(Errno.Last);
        Close(connection);
        return Happening.AcceptFailed(fault);
    }

    private bool TryReceive(int connection, out Happening happening)
    {
        var received = Libc.Receive(numbers[connection], bufferAt, (nuint)buffer.Length, 0);
        var error = received < 0 ? Errno.Last : 0;
        if (Errno.IsInterrupted(error))
        {
            happening = default;
            return false;
        }

        epoll.Next();
        happening =
            received > 0 ? Happening.Received(connection, buffer.AsMemory(0, (int)received))
            : received == 0 ? Happening.PeerFinished(connection)
            : Happening.Lost(connection, Errno.ToFault(error));
        return !Errno.IsNothingYet(error);
    }

    /// <summary>There is room, or the connection is lost: then it is the next send that says so, and why.</summary>
    private bool TryRoom(int connection, out Happening happening)
    {
        epoll.Next();
        happening = Happening.Room(connection);
        return true;
    }

    private bool TryWakeUp(out Happening happening)
    {
        epoll.Next();
        long count;
        _ = Libc.Read(wakeUp, (byte*)&count, sizeof(long));
        happening = Happening.Woken;
        return true;
    }

    private static int ToMilliseconds(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan
            ? -1
            : (int)Math.Min(Math.Ceiling(timeout.TotalMilliseconds), int.MaxValue);
}
