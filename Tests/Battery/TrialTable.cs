using System.Collections.Immutable;

namespace TinyTcp.Tests.Battery;

/// <summary>All trials, in the order in which they are reported.</summary>
internal static class TrialTable
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        .. SlowTrials.Rows,
        .. UnreadTrials.Rows,
        .. LineTrials.Rows,
        .. ResetTrials.Rows,
        .. CrowdTrials.Rows,
        .. StrangerTrials.Rows,
        .. TextTrials.Rows,
        .. LogTrials.Rows,
        .. ProcessTrials.Rows,
        .. EndingTrials.Rows,
        .. NetworkTrials.Rows,
        .. SoakTrial.Rows,
    ];
}
