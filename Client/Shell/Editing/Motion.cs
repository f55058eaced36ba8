using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>A cursor movement.</summary>
internal sealed class Motion
{
    private readonly string name;

    private Motion(string name, Func<string, int, int> targetOf)
    {
        this.name = name;
        TargetOf = targetOf;
    }

    internal static Motion Left { get; } = new("left", TextElements.PreviousBoundary);

    internal static Motion Right { get; } = new("right", TextElements.NextBoundary);

    internal static Motion WordLeft { get; } = new("word left", PreviousWordStart);

    internal static Motion WordRight { get; } = new("word right", NextWordEnd);

    internal static Motion Start { get; } = new("start", static (_, _) => 0);

    internal static Motion End { get; } = new("end", static (text, _) => text.Length);

    internal static IReadOnlyList<Motion> All { get; } = [Left, Right, WordLeft, WordRight, Start, End];

    /// <summary>From a text and a cursor to the new cursor.</summary>
    internal Func<string, int, int> TargetOf { get; }

    /// <inheritdoc/>
    public override string ToString() => name;

    private static int PreviousWordStart(string text, int index)
    {
        var end = text.AsSpan(0, index).TrimEnd().Length;
        while (end > 0 && !char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return TextElements.BoundaryAtOrAfter(text, end);
    }

    private static int NextWordEnd(string text, int index)
    {
        var start = text.Length - text.AsSpan(index).TrimStart().Length;
        while (start < text.Length && !char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        return TextElements.BoundaryAtOrAfter(text, start);
    }
}
