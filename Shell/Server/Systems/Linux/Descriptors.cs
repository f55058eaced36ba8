using System.Net.Sockets;

namespace TinyTcp.Server.Systems.Linux;

/// <summary>
/// How many descriptors the connections of all loops may still take. Some are left to the runtime: without any it can
/// load no code, and then a signal does not end the program in order but aborts it.
/// </summary>
/// <param name="taken">How many the program has taken already.</param>
internal sealed class Descriptors(int taken)
{
    private const int Reserve = 32;

    private long free = Math.Max(1, Limit() - taken - Reserve);

    /// <summary>Those that a program has left which has just made a listener: the kernel gives the lowest numbers first.</summary>
    public static Descriptors LeftBy(Socket listener) => new((int)listener.Handle + 1);

    /// <summary>Takes one, from any thread.</summary>
    /// <returns>False where none is left.</returns>
    public bool TryTake()
    {
        if (Interlocked.Decrement(ref free) >= 0)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    /// <summary>Gives one back, from any thread.</summary>
    public void GiveBack() => Interlocked.Increment(ref free);

    private static unsafe long Limit()
    {
        var softAndHard = stackalloc ulong[2];
        var isKnown = Libc.GetResourceLimit(Libc.RlimitNofile, softAndHard) == 0;
        return isKnown ? (long)Math.Min(softAndHard[0], int.MaxValue) : int.MaxValue;
    }
}
