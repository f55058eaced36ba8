using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>A line that is being typed: its text, and a cursor that always stands between two characters of it.</summary>
internal sealed record LineBuffer
{
    private LineBuffer(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }

    /// <summary>Nothing typed yet.</summary>
    internal static LineBuffer Empty { get; } = new("", cursor: 0);

    internal string Text { get; }

    internal int Cursor { get; }

    /// <summary>A text with the cursor behind it.</summary>
    internal static LineBuffer From(string text) => new(text, text.Length);

    /// <summary>Puts a text where the cursor is.</summary>
    internal LineBuffer Insert(string text) => Normalized(Text.Insert(Cursor, text), Cursor + text.Length);

    /// <summary>Moves the cursor.</summary>
    internal LineBuffer Move(Motion motion) => new(Text, motion.TargetOf(Text, Cursor));

    /// <summary>What the cursor would pass.</summary>
    internal string TextOver(Motion motion)
    {
        var (from, to) = RangeOf(motion);
        return Text[from..to];
    }

    /// <summary>Takes that away.</summary>
    internal LineBuffer Delete(Motion motion)
    {
        var (from, to) = RangeOf(motion);
        return Normalized(Text.Remove(from, to - from), from);
    }

    // What an edit brings together may have become one character: then the cursor goes behind it.
    private static LineBuffer Normalized(string text, int cursor) =>
        new(text, TextElements.BoundaryAtOrAfter(text, cursor));

    private (int From, int To) RangeOf(Motion motion)
    {
        var target = motion.TargetOf(Text, Cursor);
        return (Math.Min(Cursor, target), Math.Max(Cursor, target));
    }
}
