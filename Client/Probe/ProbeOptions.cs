using LanguageExt;

namespace TinyTcp.Cli.Probe;

/// <summary>How often to probe, and when to stop unless somebody stops it before.</summary>
/// <param name="Count">After so many rounds.</param>
/// <param name="Interval">From the beginning of a round to that of the next.</param>
/// <param name="Deadline">After so long, whatever is under way.</param>
internal sealed record ProbeOptions(Option<long> Count, TimeSpan Interval, Option<TimeSpan> Deadline)
{
    /// <summary>Whether nothing but Ctrl-C ends it.</summary>
    internal bool IsEndless => Count.IsNone && Deadline.IsNone;
}
