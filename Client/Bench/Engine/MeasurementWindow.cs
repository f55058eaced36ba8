namespace TinyTcp.Cli.Bench.Engine;

/// <summary>When a run sends and when it measures, in nanoseconds of its clock.</summary>
/// <param name="Start">When the first request is sent.</param>
/// <param name="From">The end of the warm-up: requests count from here.</param>
/// <param name="Until">No request is sent from here. Unknown before the end if the run counts its requests.</param>
internal readonly record struct MeasurementWindow(long Start, long From, long Until)
{
    /// <summary>Whether a request or reply of this time counts.</summary>
    internal bool Contains(long nanoseconds) => nanoseconds >= From && nanoseconds < Until;

    /// <summary>The window of a run that ends at a time.</summary>
    internal MeasurementWindow EndedAt(long now) => this with { Until = Math.Clamp(now, From, Until) };

    /// <summary>The measured seconds until a time.</summary>
    internal double SecondsUntil(long now) => (Math.Clamp(now, From, Until) - From) / 1e9;
}
