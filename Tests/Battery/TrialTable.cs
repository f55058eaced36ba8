using System.Collections.Immutable;

namespace TinyTcp.Tests.Battery;

/// <summary>All trials, in the order of the report.</summary>
internal static class TrialTable
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        .. SlowClientTrials.Rows,
        .. UnreadReplyTrials.Rows,
        .. LineTrials.Rows,
        .. ResetTrials.Rows,
        .. ConnectionTrials.Rows,
        .. OtherProtocolTrials.Rows,
        .. TextTrials.Rows,
        .. LogTrials.Rows,
        .. ProcessTrials.Rows,
        .. CloseTrials.Rows,
        .. SlowCloseTrials.Rows,
        .. NetworkTrials.Rows,
        .. SoakTrial.Rows,
    ];
}
