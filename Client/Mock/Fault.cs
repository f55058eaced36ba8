using System.Collections.Immutable;

namespace TinyTcp.Cli.Mock;

/// <summary>What a mock server does wrong with its lines.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Description">What it does.</param>
internal sealed record Fault(string Name, string Description)
{
    internal static Fault Late { get; } = new("late", "some lines come a second late");

    internal static Fault Split { get; } = new("cut", "each line comes in several segments");

    internal static Fault Glue { get; } = new("glue", "lines come together, if the client goes on meanwhile");

    internal static Fault Drop { get; } = new("drop", "some lines are left out");

    internal static Fault Duplicate { get; } = new("duplicate", "some lines come twice");

    internal static Fault Reorder { get; } = new("reorder", "some lines come after the next one");

    internal static Fault Reset { get; } = new("reset", "the connection is reset instead of closed");

    internal static Fault Silence { get; } = new("silence", "from some line on nothing comes");

    internal static Fault Slow { get; } = new("slow", "each byte comes alone");

    /// <summary>All faults.</summary>
    internal static ImmutableArray<Fault> Rows { get; } =
    [Late, Split, Glue, Drop, Duplicate, Reorder, Reset, Silence, Slow];
}
