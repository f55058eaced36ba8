using System.Runtime.InteropServices;

namespace TinyTcp.Systems.Linux;

/// <summary>An epoll instance and the events of its last wait. Each event carries a number and a <see cref="WatchKind"/>.</summary>
/// <param name="epoll">The descriptor of the instance, which this object owns.</param>
internal sealed unsafe class Epoll(int epoll) : IDisposable
{
    // The array has one entry more, so that reading past the last event stays in bounds.
    private const int Capacity = 512;

    // The kernel packs this structure on x86-64 only.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataAt = Stride - sizeof(long);

    private readonly byte* events = (byte*)NativeMemory.AllocZeroed((nuint)((Capacity + 1) * Stride));

    private int ready;
    private int current;
    private int repeats;

    /// <summary>Whether nothing was left for the next wait: see <see cref="ISystem.HasReportedAll"/>.</summary>
    internal bool HasReportedAll { get; private set; }

    /// <summary>Waits for events. EINTR counts as none; any other failure is a defect of this program and throws.</summary>
    /// <param name="milliseconds">The timeout; −1 to wait without a limit.</param>
    internal void Wait(int milliseconds)
    {
        (current, repeats) = (0, 0);
        ready = Libc.EpollWait(epoll, events, Capacity, milliseconds);
        HasReportedAll = ready is >= 0 and < Capacity;
        if (ready < 0 && !Errno.IsInterrupted(Errno.Last))
        {
            throw new IOException($"epoll_wait: {Errno.ToError(Errno.Last)}");
        }
    }

    /// <summary>Reads the current event.</summary>
    /// <returns>False past the last event.</returns>
    internal bool TryCurrent(out int number, out WatchKind kind)
    {
        var data = DataOf(current);
        (number, kind) = ((int)data, KindOf(data));
        return current < ready;
    }

    /// <summary>Moves to the next event.</summary>
    internal void MoveNext() => (current, repeats) = (current + 1, 0);

    /// <summary>Stays at the current event, unless it has been repeated often enough: then the next wait reports the rest.</summary>
    /// <param name="limit">How often an event may be handled in one wait.</param>
    internal void Repeat(int limit)
    {
        if (++repeats >= limit)
        {
            LeaveRest();
            MoveNext();
        }
    }

    /// <summary>The next wait reports the rest of the current event.</summary>
    internal void LeaveRest() => HasReportedAll = false;

    /// <summary>Removes the remaining events of one kind.</summary>
    internal void Discard(WatchKind kind)
    {
        var kept = current;
        for (var each = current; each < ready; each++)
        {
            if (KindOf(DataOf(each)) != kind)
            {
                EventAt(each).CopyTo(EventAt(kept++));
            }
        }

        (ready, repeats) = (kept, 0);
    }

    /// <summary>Adds or modifies a descriptor.</summary>
    /// <param name="operation"><see cref="Libc.EpollCtlAdd"/> or <see cref="Libc.EpollCtlMod"/>.</param>
    /// <param name="descriptor">The descriptor.</param>
    /// <param name="interest">The readiness to report, in epoll's flags.</param>
    /// <param name="number">The number that its events carry.</param>
    /// <param name="kind">The kind that its events carry.</param>
    /// <returns>False if the kernel rejects it; <see cref="Errno.Last"/> has the reason.</returns>
    internal bool Control(int operation, int descriptor, uint interest, int number, WatchKind kind)
    {
        var @event = stackalloc byte[16];
        *(uint*)@event = interest;
        *(long*)(@event + DataAt) = ((long)kind << 32) | (uint)number;
        return Libc.EpollControl(epoll, operation, descriptor, @event) == 0;
    }

    /// <summary>Removes a descriptor.</summary>
    internal void Remove(int descriptor) => Control(Libc.EpollCtlDel, descriptor, 0, 0, default);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Libc.Close(epoll);
        NativeMemory.Free(events);
    }

    private Span<byte> EventAt(int index) => new(events + (index * Stride), Stride);

    private long DataOf(int index) => *(long*)(events + (index * Stride) + DataAt);

    private static WatchKind KindOf(long data) => (WatchKind)(data >> 32);
}
