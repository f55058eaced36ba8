namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// When requests are due at a constant rate. A time is reckoned from the start each time, so nothing adds up.
/// </summary>
/// <param name="Rate">Requests a second.</param>
internal readonly record struct Arrivals(long Rate)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds from the start until a request is due.</summary>
    /// <param name="index">Which request: 0 or more.</param>
    internal long Due(long index)
    {
        var (seconds, rest) = Math.DivRem(index, Rate);
        return (seconds * NanosecondsPerSecond) + (rest * NanosecondsPerSecond / Rate);
    }

    /// <summary>How many requests are due before a time: the inverse.</summary>
    /// <param name="nanoseconds">From the start; negative before it.</param>
    internal long DueBefore(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(Math.Max(0, nanoseconds), NanosecondsPerSecond);
        return (seconds * Rate) + (((rest * Rate) + NanosecondsPerSecond - 1) / NanosecondsPerSecond);
    }
}
