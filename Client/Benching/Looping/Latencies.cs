using HdrHistogram;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// Latencies in nanoseconds, counted in cells that are a 1,024th of their value wide, or 1 ns; what lasts longer than half an
/// hour counts as half an hour.
/// </summary>
internal static class Latencies
{
    /// <summary>How much higher than the true value one may be shown: so many times it.</summary>
    internal const double Resolution = 1.0 / 1024;

    /// <summary>The longest that is told apart: half an hour. From 2^41 ns on, HdrHistogram's cells are too wide for its own numbers.</summary>
    internal const long Longest = 1_800_000_000_000;

    /// <summary>How many digits of a value are told apart.</summary>
    internal const int Digits = 3;

    /// <summary>None yet.</summary>
    internal static LongHistogram None() => new(Longest, Digits);

    /// <summary>Counts so many of the same length.</summary>
    internal static void Count(this LongHistogram latencies, long nanoseconds, long count) =>
        latencies.RecordValueWithCount(Math.Clamp(nanoseconds, 0, Longest), count);
}

/// <summary>What one thread has measured.</summary>
/// <param name="Corrected">From when a request was due, which in a closed loop is when it was sent.</param>
/// <param name="Raw">From when it was really sent; empty in a closed loop.</param>
internal sealed record Measured(LongHistogram Corrected, LongHistogram Raw)
{
    /// <summary>How many requests were answered.</summary>
    internal long Requests => Corrected.TotalCount;

    /// <summary>Nothing yet.</summary>
    internal static Measured Nothing() => new(Latencies.None(), Latencies.None());

    /// <summary>Adds what another measured.</summary>
    internal void Add(Measured other)
    {
        Corrected.Add(other.Corrected);
        Raw.Add(other.Raw);
    }

    /// <summary>Forgets everything.</summary>
    internal void Clear()
    {
        Corrected.Reset();
        Raw.Reset();
    }
}
