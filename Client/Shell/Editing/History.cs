using System.Collections.Immutable;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>The lines that were asked before, the oldest first.</summary>
/// <param name="Lines">At most <see cref="MaxLines"/>; none of them is blank, or the same as the one before it.</param>
internal sealed record History(ImmutableList<string> Lines)
{
    /// <summary>How many lines are kept.</summary>
    internal const int MaxLines = 1_000;

    /// <summary>No line.</summary>
    internal static History Empty { get; } = new(ImmutableList<string>.Empty);

    /// <summary>Lines from anywhere, the last of them.</summary>
    internal static History From(IEnumerable<string> lines) =>
        lines.Aggregate(Empty, static (history, line) => history.Add(line));

    /// <summary>One line more. A line that begins with a space is a secret: it is not kept.</summary>
    internal History Add(string line) =>
        Grammar.IsBlank(line) || line[0] == ' ' || (Lines.Count > 0 && Lines[^1] == line) ? this
        : Lines.Count < MaxLines ? new(Lines.Add(line))
        : new(Lines.RemoveAt(0).Add(line));

    /// <summary>The nth line from the end, from 1 up.</summary>
    internal string FromEnd(int steps) => Lines[^steps];
}
