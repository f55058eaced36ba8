using HdrHistogram;

namespace TinyTcp.Cli.Bench.Engine;

/// <summary>
/// Latencies in nanoseconds, counted in cells that are a 1,024th of their value wide, or 1 ns; what lasts longer than half an
/// hour counts as half an hour.
/// </summary>
internal static class LatencyHistogram
{
    /// <summary>How much higher than the true value one may be shown: so many times it.</summary>
    internal const double Resolution = 1.0 / 1024;

    /// <summary>The longest that is told apart: half an hour. From 2^41 ns on, HdrHistogram's cells are too wide for its own numbers.</summary>
    internal const long MaxNanoseconds = 1_800_000_000_000;

    /// <summary>How many digits of a value are told apart.</summary>
    internal const int Digits = 3;

    /// <summary>None yet.</summary>
    internal static LongHistogram Create() => new(MaxNanoseconds, Digits);

    /// <summary>Counts so many of the same length.</summary>
    internal static void Record(this LongHistogram histogram, long nanoseconds, long count) =>
        histogram.RecordValueWithCount(Math.Clamp(nanoseconds, 0, MaxNanoseconds), count);

    /// <summary>The shortest that is counted in the same cell.</summary>
    internal static long LowestEquivalent(this LongHistogram histogram, long nanoseconds) =>
        histogram.LowestEquivalentValue(Math.Clamp(nanoseconds, 0, MaxNanoseconds));
}

/// <summary>What was measured of the requests that were due in the time that counts.</summary>
/// <param name="LatencyFromDue">From when a request was due, which in a closed loop is when it was sent; as long as it had waited at the end, where no reply came.</param>
/// <param name="LatencyFromSent">From when it was really sent, of those that were answered; empty in a closed loop.</param>
internal sealed record LoadResult(LongHistogram LatencyFromDue, LongHistogram LatencyFromSent)
{
    /// <summary>How many were answered.</summary>
    internal long Requests => LatencyFromDue.TotalCount - Unanswered;

    /// <summary>How many of those were answered only after that time; 0 in a closed loop, which waits for its last replies.</summary>
    internal long Late { get; set; }

    /// <summary>How many were not answered when it ended.</summary>
    internal long Unanswered { get; set; }

    /// <summary>How many replies came in that time, whenever they had been due: what the server bore.</summary>
    internal long Replies { get; set; }

    /// <summary>Nothing yet.</summary>
    internal static LoadResult Empty() => new(LatencyHistogram.Create(), LatencyHistogram.Create());

    /// <summary>Adds what another measured.</summary>
    internal void Add(LoadResult other)
    {
        LatencyFromDue.Add(other.LatencyFromDue);
        LatencyFromSent.Add(other.LatencyFromSent);
        Late += other.Late;
        Unanswered += other.Unanswered;
        Replies += other.Replies;
    }

    /// <summary>Forgets everything.</summary>
    internal void Reset()
    {
        LatencyFromDue.Reset();
        LatencyFromSent.Reset();
        (Late, Unanswered, Replies) = (0, 0, 0);
    }
}
