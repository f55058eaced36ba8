using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>The text of a line and a cursor, which is always between two text elements.</summary>
internal sealed record LineBuffer
{
    private LineBuffer(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }

    internal static LineBuffer Empty { get; } = new("", cursor: 0);

    internal string Text { get; }

    internal int Cursor { get; }

    /// <summary>A text with the cursor at its end.</summary>
    internal static LineBuffer From(string text) => new(text, text.Length);

    internal LineBuffer Insert(string text) => Normalized(Text.Insert(Cursor, text), Cursor + text.Length);

    internal LineBuffer Move(Motion motion) => new(Text, motion.TargetOf(Text, Cursor));

    /// <summary>The text between the cursor and the target of a motion.</summary>
    internal string TextOver(Motion motion) => Text[RangeOf(motion)];

    /// <summary>Deletes the text between the cursor and the target of a motion.</summary>
    internal LineBuffer Delete(Motion motion)
    {
        var (start, length) = RangeOf(motion).GetOffsetAndLength(Text.Length);
        return Normalized(Text.Remove(start, length), start);
    }

    // An edit can join characters into one text element; the cursor then goes after it.
    private static LineBuffer Normalized(string text, int cursor) =>
        new(text, TextElements.BoundaryAtOrAfter(text, cursor));

    private Range RangeOf(Motion motion)
    {
        var target = motion.TargetOf(Text, Cursor);
        return Math.Min(Cursor, target)..Math.Max(Cursor, target);
    }
}
