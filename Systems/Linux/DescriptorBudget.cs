using System.Globalization;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>
/// How many descriptors the connections of all loops may still take. Some are left to the runtime: without any it can
/// load no code, and then a signal does not end the program in order but aborts it.
/// </summary>
/// <param name="spares">Some that are held for when the process runs out of them all the same.</param>
/// <param name="taken">How many the program has taken already.</param>
/// <param name="loops">How many loops there will be: each takes some for itself.</param>
internal sealed class DescriptorBudget(ReservedDescriptors spares, int taken, int loops) : IDisposable
{
    private const int Reserve = 32;
    private const int PerLoop = 2;

    private long free = Math.Max(1, Limit() - taken - Reserve - (loops * PerLoop));

    /// <summary>How many are left.</summary>
    public long Free => Math.Max(0, Volatile.Read(ref free));

    /// <summary>Those that are left now: the kernel gives the lowest number that is free.</summary>
    /// <param name="loops">How many loops there will be.</param>
    /// <returns>None where hardly one is left.</returns>
    public static Option<DescriptorBudget> TryCreate(int loops)
    {
        ReservedDescriptors spares = new ReservedDescriptors();
        if (!spares.TryReserve())
        {
            return default;
        }

        var next = Libc.EventFd(0, Libc.EfdNonblockCloexec);
        _ = Libc.Close(next);
        return new DescriptorBudget(spares, next, loops);
    }

    /// <summary>The same fault, and where descriptors are lacking, how many there may be.</summary>
    public static IoError WithLimit(in IoError fault) =>
        fault.Kind == IoErrorKind.Exhausted
            ? fault with
            {
                Text = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{fault.Text}; RLIMIT_NOFILE is {Limit()}"
                ),
            }
            : fault;

    /// <summary>Takes one, from any thread.</summary>
    /// <returns>False where none is left.</returns>
    public bool TryAcquire()
    {
        if (!spares.TryReserve())
        {
            return false;
        }

        if (Interlocked.Decrement(ref free) >= 0)
        {
            return true;
        }

        Release();
        return false;
    }

    /// <summary>There are none left though there should be: somebody else in the process takes them, or the limit was lowered.</summary>
    public void OnExhausted() => spares.Release();

    /// <summary>Nobody takes any more: of a server's systems none is disposed before all its loops have ended.</summary>
    public void Dispose() => spares.Release();

    /// <summary>Gives one back, from any thread.</summary>
    public void Release() => Interlocked.Increment(ref free);

    private static unsafe long Limit()
    {
        var softAndHard = stackalloc ulong[2];
        var isKnown = Libc.GetResourceLimit(Libc.RlimitNofile, softAndHard) == 0;
        return isKnown ? (long)Math.Min(softAndHard[0], int.MaxValue) : int.MaxValue;
    }
}
