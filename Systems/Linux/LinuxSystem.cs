using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
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
    public bool HasReportedAll => epoll.HasReportedAll;

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
    public int GetUnacknowledged(int connection)
    {
        var count = 0;
        // A socket of another family than TCP may not know the request. One that was reset keeps its count.
        return
            Libc.Control(slots[connection], Libc.SiocOutQ, &count) == 0
            && count > 0
            && !IsClosedByTcp(slots[connection])
            ? count
            : 0;
    }

    /// <inheritdoc/>
    public void WatchReadable(int connection) =>
        epoll.Control(Libc.EpollCtlMod, slots[connection], Libc.EpollIn, connection, WatchKind.Readable);

    /// <inheritdoc/>
    public void WatchWritable(int connection) =>
        epoll.Control(Libc.EpollCtlMod, slots[connection], Libc.EpollOut, connection, WatchKind.Writable);

    /// <inheritdoc/>
    // Errors and the end of both directions are reported always; edge-triggered, because they stay.
    public void WatchLoss(int connection) =>
        epoll.Control(
            Libc.EpollCtlMod,
            slots[connection],
            Libc.EpollEdgeTriggered,
            connection,
            WatchKind.Readable
        );

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

    private static bool IsClosedByTcp(int descriptor)
    {
        const byte Closed = 7; // TCP_CLOSE
        var info = stackalloc byte[sizeof(int)];
        var length = (uint)sizeof(int);
        // struct tcp_info begins with the state.
        return Libc.GetOption(descriptor, Libc.IpProtoTcp, Libc.TcpInfo, (int*)info, &length) == 0
            && info[0] == Closed;
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

        if (received == buffer.Length)
        {
            epoll.LeaveRest();
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
