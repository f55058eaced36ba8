using LanguageExt;

namespace TinyTcp.Cli.Probe;

/// <summary>How often to probe, and when to stop.</summary>
/// <param name="Count">The number of rounds, if limited.</param>
/// <param name="Interval">The time from the start of a round to the start of the next.</param>
/// <param name="Deadline">The longest run, if limited.</param>
internal sealed record ProbeOptions(Option<long> Count, TimeSpan Interval, Option<TimeSpan> Deadline)
{
    /// <summary>Whether only a signal ends the run.</summary>
    internal bool IsEndless => Count.IsNone && Deadline.IsNone;
}
