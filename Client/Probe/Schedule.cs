namespace TinyTcp.Cli.Probe;

/// <summary>
/// When rounds begin: at whole multiples of the interval, so that nothing adds up to a drift; those that are over by the
/// time that the round before has ended are left out, so that a stall is not followed by a burst.
/// </summary>
internal static class Schedule
{
    /// <summary>When the next round is due.</summary>
    /// <param name="last">When the last one was: a multiple of the interval.</param>
    /// <param name="now">What time it is; all count from the first round.</param>
    /// <param name="interval">More than zero.</param>
    internal static TimeSpan Next(TimeSpan last, TimeSpan now, TimeSpan interval) =>
        new(Math.Max(last.Ticks + interval.Ticks, RoundUp(now.Ticks, interval.Ticks)));

    /// <summary>The first multiple that is not less; neither is less than zero.</summary>
    private static long RoundUp(long number, long unit) => (number + unit - 1) / unit * unit;
}
