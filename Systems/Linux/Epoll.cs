using System.Runtime.InteropServices;

namespace TinyTcp.Systems.Linux;

/// <summary>
/// One epoll instance and the events of its last wait. Each event carries two numbers of the caller's.
/// </summary>
internal sealed unsafe class Epoll : IDisposable
{
    // One more than is asked for, so that looking past the last event reads memory of ours.
    private const int Capacity = 512;

    // The kernel packs this structure on x86-64 only.
    private static readonly int Stride = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;
    private static readonly int DataAt = Stride - sizeof(long);

    private readonly byte* events = (byte*)NativeMemory.AllocZeroed((nuint)((Capacity + 1) * Stride));
    private readonly int epoll = Libc.EpollCreate(Libc.EpollCloexec);

    private int ready;
    private int current;
    private int repeats;

    /// <summary>Waits; EINTR counts as nothing having happened, and any other failure is a fault of ours.</summary>
    /// <param name="milliseconds">How long at most; −1 for as long as it takes.</param>
    internal void Wait(int milliseconds)
    {
        (current, repeats) = (0, 0);
        ready = Libc.EpollWait(epoll, events, Capacity, milliseconds);
        if (ready < 0 && !Errno.IsInterrupted(Errno.Last))
        {
            throw new IOException($"epoll_wait: {Errno.ToIoError(Errno.Last)}");
        }
    }

    /// <summary>The event to be looked at; false once all of the last wait's are done with.</summary>
    internal bool TryCurrent(out int number, out int about)
    {
        var data = *(long*)(events + (current * Stride) + DataAt);
        (number, about) = ((int)data, (int)(data >> 32));
        return current < ready;
    }

    /// <summary>Done with the current event.</summary>
    internal void MoveNext() => (current, repeats) = (current + 1, 0);

    /// <summary>Forgets what is left of the last wait's events about one thing.</summary>
    internal void Discard(int about)
    {
        var kept = current;
        for (var each = current; each < ready; each++)
        {
            var @event = new ReadOnlySpan<byte>(events + (each * Stride), Stride);
            if ((int)(*(long*)(events + (each * Stride) + DataAt) >> 32) != about)
            {
                @event.CopyTo(new Span<byte>(events + (kept++ * Stride), Stride));
            }
        }

        (ready, repeats) = (kept, 0);
    }

    /// <summary>The current event is worth another look, but not more than so many.</summary>
    internal void Repeat(int max)
    {
        if (++repeats >= max)
        {
            MoveNext();
        }
    }

    /// <summary>Adds, changes or removes a descriptor.</summary>
    /// <returns>False where the kernel refuses.</returns>
    internal bool Control(int operation, int descriptor, uint interest, int number, int about)
    {
        var @event = stackalloc byte[16];
        *(uint*)@event = interest;
        *(long*)(@event + DataAt) = ((long)about << 32) | (uint)number;
        return Libc.EpollControl(epoll, operation, descriptor, @event) == 0;
    }

    /// <summary>Removes a descriptor.</summary>
    internal void Remove(int descriptor) => Control(Libc.EpollCtlDel, descriptor, default, default, default);

    /// <inheritdoc/>
    public void Dispose()
    {
        _ = Libc.Close(epoll);
        NativeMemory.Free(events);
    }
}
