using System.Globalization;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>
/// How many more descriptors the connections of all loops may use. Some stay with the runtime: without any it cannot load
/// code, and then a signal aborts the process instead of stopping it. Thread-safe.
/// </summary>
internal sealed class DescriptorBudget : IDisposable
{
    private const int ForRuntime = 32;
    private const int ForEachLoop = 2;

    private readonly ReservedDescriptors reserved;
    private long remaining;

    private DescriptorBudget(ReservedDescriptors reserved, long remaining)
    {
        this.reserved = reserved;
        this.remaining = remaining;
    }

    /// <summary>How many connections may still be opened.</summary>
    public long Remaining => Math.Max(0, Volatile.Read(ref remaining));

    /// <summary>Shares out the descriptors that the process has left under RLIMIT_NOFILE.</summary>
    /// <param name="loops">How many loops there will be, at least 1. Each takes two descriptors for itself.</param>
    /// <param name="forOthers">How many more the process will need for other things.</param>
    /// <returns>A budget of at least one connection; or an error of the kind <see cref="IoErrorKind.Exhausted"/>.</returns>
    public static Either<IoError, DescriptorBudget> Create(int loops, int forOthers = 0)
    {
        var reserve = new ReservedDescriptors();
        if (!reserve.TryAcquire())
        {
            return Explain(Errno.TooManyOpenFiles);
        }

        // The kernel gives the lowest free number: so many are in use.
        var used = Libc.EventFd(0, Libc.EfdNonblockCloexec);
        _ = Libc.Close(used);
        var left = GetLimit() - used - ForRuntime - (loops * ForEachLoop) - forOthers;
        if (used >= 0 && left > 0)
        {
            return new DescriptorBudget(reserve, left);
        }

        reserve.Release();
        return Explain(Errno.TooManyOpenFiles);
    }

    /// <summary>Releases the descriptors held in reserve. The first system that is disposed calls it.</summary>
    public void Dispose() => reserved.Release();

    /// <summary>Adds RLIMIT_NOFILE to an error of the kind <see cref="IoErrorKind.Exhausted"/>; others stay as they are.</summary>
    internal static IoError Explain(in IoError error) =>
        error.Kind == IoErrorKind.Exhausted
            ? error with
            {
                Text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{error.Text}; RLIMIT_NOFILE is {GetLimit()}"
                ),
            }
            : error;

    /// <summary>Takes one descriptor from the budget.</summary>
    /// <returns>False if none is left.</returns>
    internal bool TryAcquire()
    {
        if (!reserved.TryAcquire())
        {
            return false;
        }

        if (Interlocked.Decrement(ref remaining) >= 0)
        {
            return true;
        }

        Release();
        return false;
    }

    /// <summary>Returns one descriptor to the budget.</summary>
    internal void Release() => Interlocked.Increment(ref remaining);

    /// <summary>
    /// The process has no descriptors left in spite of the budget: other code took them, or the limit was lowered. The
    /// reserve goes to the runtime.
    /// </summary>
    internal void OnExhausted() => reserved.Release();

    private static unsafe long GetLimit()
    {
        var softAndHard = stackalloc ulong[2];
        var isKnown = Libc.GetResourceLimit(Libc.RlimitNofile, softAndHard) == 0;
        return isKnown ? (long)Math.Min(softAndHard[0], int.MaxValue) : int.MaxValue;
    }
}
