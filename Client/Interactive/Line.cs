using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Interactive;

/// <summary>A line that is being typed: its text, and a cursor that always stands between two characters of it.</summary>
internal sealed record Line
{
    private Line(string text, int cursor)
    {
        Text = text;
        Cursor = cursor;
    }

    /// <summary>Nothing typed yet.</summary>
    internal static Line Empty { get; } = new("", cursor: 0);

    internal string Text { get; }

    internal int Cursor { get; }

    /// <summary>A text with the cursor behind it.</summary>
    internal static Line Of(string text) => new(text, text.Length);

    /// <summary>Puts a text where the cursor is.</summary>
    internal Line Insert(string text) => At(Text.Insert(Cursor, text), Cursor + text.Length);

    /// <summary>Moves the cursor.</summary>
    internal Line Move(Motion motion) => new(Text, motion.From(Text, Cursor));

    /// <summary>What the cursor would pass.</summary>
    internal string Passed(Motion motion)
    {
        var (from, to) = Span(motion);
        return Text[from..to];
    }

    /// <summary>Takes that away.</summary>
    internal Line Erase(Motion motion)
    {
        var (from, to) = Span(motion);
        return At(Text.Remove(from, to - from), from);
    }

    // What an edit brings together may have become one character: then the cursor goes behind it.
    private static Line At(string text, int cursor) => new(text, TextElements.NotBefore(text, cursor));

    private (int From, int To) Span(Motion motion)
    {
        var target = motion.From(Text, Cursor);
        return (Math.Min(Cursor, target), Math.Max(Cursor, target));
    }
}
