using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>A way for the cursor to go: by one character, by a word, or to an end. Only these exist.</summary>
internal sealed class Motion
{
    private readonly string name;
    private readonly Func<string, int, int> getTarget;

    private Motion(string name, Func<string, int, int> target)
    {
        this.name = name;
        this.getTarget = target;
    }

    internal static Motion Left { get; } = new("left", TextElements.PreviousBoundary);

    internal static Motion Right { get; } = new("right", TextElements.NextBoundary);

    internal static Motion WordLeft { get; } = new("word left", PreviousWordStart);

    internal static Motion WordRight { get; } = new("word right", NextWordEnd);

    internal static Motion Start { get; } = new("start", static (_, _) => 0);

    internal static Motion End { get; } = new("end", static (text, _) => text.Length);

    /// <summary>All of them.</summary>
    internal static IReadOnlyList<Motion> All { get; } = [Left, Right, WordLeft, WordRight, Start, End];

    /// <summary>Where the cursor comes to.</summary>
    internal int TargetOf(string text, int cursor) => getTarget(text, cursor);

    /// <inheritdoc/>
    public override string ToString() => name;

    private static int PreviousWordStart(string text, int index)
    {
        while (index > 0 && char.IsWhiteSpace(text[index - 1]))
        {
            index--;
        }

        while (index > 0 && !char.IsWhiteSpace(text[index - 1]))
        {
            index--;
        }

        return TextElements.BoundaryAtOrAfter(text, index);
    }

    private static int NextWordEnd(string text, int index)
    {
        while (index < text.Length && char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        while (index < text.Length && !char.IsWhiteSpace(text[index]))
        {
            index++;
        }

        return TextElements.BoundaryAtOrAfter(text, index);
    }
}
