namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// When the requests of one thread are due: every so many of a whole run's, at a constant rate. A time is reckoned from the
/// start each time, so nothing adds up.
/// </summary>
/// <param name="Rate">Requests a second, of all threads together.</param>
/// <param name="Thread">Which thread.</param>
/// <param name="Threads">How many there are.</param>
internal readonly record struct Arrivals(long Rate, int Thread, int Threads)
{
    private const long Second = 1_000_000_000;

    /// <summary>Nanoseconds from the start until a request of this thread's is due.</summary>
    /// <param name="index">Which request: 0 or more.</param>
    internal long Due(long index)
    {
        var request = (index * Threads) + Thread;
        var (seconds, rest) = Math.DivRem(request, Rate);
        return (seconds * Second) + (rest * Second / Rate);
    }

    /// <summary>How many requests of this thread's are due before a time: the inverse.</summary>
    /// <param name="nanoseconds">From the start; negative before it.</param>
    internal long DueBefore(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(Math.Max(0, nanoseconds), Second);
        var all = (seconds * Rate) + RoundUp(rest * Rate, Second);
        return RoundUp(Math.Max(0, all - Thread), Threads);
    }

    private static long RoundUp(long number, long divisor) => (number + divisor - 1) / divisor;
}
