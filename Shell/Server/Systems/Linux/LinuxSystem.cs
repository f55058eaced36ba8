using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LanguageExt;

namespace TinyTcp.Server.Systems.Linux;

/// <summary>The loop's system on Linux: epoll, level by level. A connection's number is its descriptor.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It is disposable; the rule does not look at structs.")]
internal readonly unsafe struct LinuxSystem : ISystem
{
    private const int AcceptsPerTurn = 64;
    private const int Bytes = 0;
    private const int Room = 1;

    private readonly Epoll epoll = new();
    private readonly int wakeUp = Libc.EventFd(0, Libc.EfdNonblockCloexec);
    private readonly Socket listener;
    private readonly int door;
    private readonly Descriptors descriptors;
    private readonly byte[] buffer;
    private readonly byte* bufferAt;

    /// <summary>Watches a listener that is bound, listening and non-blocking.</summary>
    /// <param name="listener">The listener; several systems may share one.</param>
    /// <param name="bufferSize">The most bytes handed over at once.</param>
    public LinuxSystem(Socket listener, int bufferSize)
    {
        this.listener = listener;
        door = (int)listener.Handle;
        buffer = GC.AllocateUninitializedArray<byte>(bufferSize, pinned: true);
        bufferAt = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(buffer, 0);
        descriptors = new Descriptors(taken: wakeUp + 1);
        if (!epoll.Control(Libc.EpollCtlAdd, wakeUp, Libc.EpollIn) || !Accept(enabled: true))
        {
            throw new IOException($"epoll_ctl: {Errno.ToFault(Errno.Last)}");
        }
    }

    /// <inheritdoc/>
    public void Wait(TimeSpan timeout) => epoll.Wait(ToMilliseconds(timeout));

    /// <inheritdoc/>
    public bool TryNext(out Happening happening)
    {
        while (epoll.TryCurrent(out var descriptor, out var tag))
        {
            var found =
                descriptor == door ? TryAccept(out happening)
                : descriptor == wakeUp ? TryWakeUp(out happening)
                : tag == Room ? TryRoom(descriptor, out happening)
                : TryReceive(descriptor, out happening);
            if (found)
            {
                return true;
            }
        }

        happening = default;
        return false;
    }

    /// <inheritdoc/>
    public Either<Fault, int> Send(int connection, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* at = bytes)
        {
            nint sent;
            do
            {
                sent = Libc.Send(connection, at, (nuint)bytes.Length, Libc.MsgNosignal);
            } while (sent < 0 && Errno.IsInterrupted(Errno.Last));

            return sent >= 0 ? (int)sent
                : Errno.IsNothingYet(Errno.Last) ? 0
                : Errno.ToFault(Errno.Last);
        }
    }

    /// <inheritdoc/>
    public void AwaitBytes(int connection) =>
        epoll.Control(Libc.EpollCtlMod, connection, Libc.EpollIn, Bytes);

    /// <inheritdoc/>
    public void AwaitRoom(int connection) => epoll.Control(Libc.EpollCtlMod, connection, Libc.EpollOut, Room);

    /// <inheritdoc/>
    public void FinishSending(int connection) => _ = Libc.Shutdown(connection, Libc.ShutWr);

    /// <inheritdoc/>
    public void Close(int connection)
    {
        _ = Libc.Close(connection);
        descriptors.GiveBack();
    }

    /// <inheritdoc/>
    public EndPoint PeerOf(int connection)
    {
        var address = new SocketAddress(listener.AddressFamily, 128);
        var length = address.Size;
        fixed (byte* at = address.Buffer.Span)
        {
            return Libc.GetPeerName(connection, at, &length) == 0
                ? listener.LocalEndPoint!.Create(address)
                : new IPEndPoint(IPAddress.None, 0);
        }
    }

    /// <inheritdoc/>
    public bool Accept(bool enabled) =>
        epoll.Control(
            enabled ? Libc.EpollCtlAdd : Libc.EpollCtlDel,
            door,
            Libc.EpollIn | Libc.EpollExclusive
        );

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
    }

    /// <summary>Accepts one connection; the door stays this wait's event until nobody is left or it is enough.</summary>
    private bool TryAccept(out Happening happening)
    {
        if (descriptors.IsUsedUp)
        {
            epoll.Next();
            happening = Happening.AcceptFailed(Errno.NoDescriptor);
            return true;
        }

        var connection = Libc.Accept(door, null, null, Libc.SockNonblock | Libc.SockCloexec);
        var error = connection < 0 ? Errno.Last : 0;
        if (connection >= 0 || Errno.IsInterrupted(error))
        {
            epoll.Again(AcceptsPerTurn);
        }
        else
        {
            epoll.Next();
        }

        happening = connection < 0 ? Happening.AcceptFailed(Errno.ToFault(error)) : Watch(connection);
        return !Errno.IsNothingYet(error) && !Errno.IsInterrupted(error);
    }

    private Happening Watch(int connection)
    {
        descriptors.Take();
        if (epoll.Control(Libc.EpollCtlAdd, connection, Libc.EpollIn, Bytes))
        {
            return Happening.Accepted(connection);
        }

        var fault = Errno.ToFault(Errno.Last);
        Close(connection);
        return Happening.AcceptFailed(fault);
    }

    private bool TryReceive(int connection, out Happening happening)
    {
        var received = Libc.Receive(connection, bufferAt, (nuint)buffer.Length, 0);
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
