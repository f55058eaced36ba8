namespace TinyTcp.Cli.Bench.Engine;

/// <summary>When requests are due at a constant rate. Each time is computed from the start, so there is no drift.</summary>
/// <param name="Rate">Requests per second.</param>
internal readonly record struct Arrivals(long Rate)
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Nanoseconds from the start until a request is due.</summary>
    /// <param name="index">The number of the request, from 0.</param>
    internal long Due(long index)
    {
        var (seconds, rest) = Math.DivRem(index, Rate);
        return (seconds * NanosecondsPerSecond) + (rest * NanosecondsPerSecond / Rate);
    }

    /// <summary>The number of requests due before a time: the inverse of <see cref="Due"/>.</summary>
    /// <param name="nanoseconds">From the start; may be negative.</param>
    internal long DueBefore(long nanoseconds)
    {
        var (seconds, rest) = Math.DivRem(Math.Max(0, nanoseconds), NanosecondsPerSecond);
        return (seconds * Rate) + (((rest * Rate) + NanosecondsPerSecond - 1) / NanosecondsPerSecond);
    }
}
