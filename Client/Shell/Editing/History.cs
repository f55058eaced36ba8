using System.Collections.Immutable;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>The accepted lines, oldest first.</summary>
/// <param name="Lines">At most <see cref="MaxLines"/>, none blank, none equal to the one before it.</param>
internal sealed record History(ImmutableList<string> Lines)
{
    internal const int MaxLines = 1_000;

    internal static History Empty { get; } = new(ImmutableList<string>.Empty);

    internal static History From(IEnumerable<string> lines) =>
        lines.Aggregate(Empty, static (history, line) => history.Add(line));

    /// <summary>Adds a line, unless it is blank, repeats the last line, or begins with a space (a secret).</summary>
    internal History Add(string line) =>
        Grammar.IsBlank(line) || line[0] == ' ' || (Lines.Count > 0 && Lines[^1] == line) ? this
        : Lines.Count < MaxLines ? new(Lines.Add(line))
        : new(Lines.RemoveAt(0).Add(line));

    /// <summary>A line, counted from the newest, which is 1.</summary>
    internal string FromEnd(int offset) => Lines[^offset];
}
