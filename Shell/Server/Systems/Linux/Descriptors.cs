namespace TinyTcp.Server.Systems.Linux;

/// <summary>
/// How many descriptors connections may still take. Some are left to the runtime: without any it can load no code, and
/// then a signal does not end the program in order but aborts it.
/// </summary>
/// <param name="taken">How many the program has taken already; the kernel gives the lowest numbers first.</param>
internal sealed class Descriptors(int taken)
{
    private const int Reserve = 32;

    private long free = Math.Max(1, Limit() - taken - Reserve);

    /// <summary>Whether there is none left for a connection.</summary>
    public bool IsUsedUp => free <= 0;

    /// <summary>A connection has taken one.</summary>
    public void Take() => free--;

    /// <summary>A connection has given one back.</summary>
    public void GiveBack() => free++;

    private static unsafe long Limit()
    {
        var softAndHard = stackalloc ulong[2];
        var isKnown = Libc.GetResourceLimit(Libc.RlimitNofile, softAndHard) == 0;
        return isKnown ? (long)Math.Min(softAndHard[0], int.MaxValue) : int.MaxValue;
    }
}
