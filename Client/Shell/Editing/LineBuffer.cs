using System.Collections.Immutable;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// The text of a line and a cursor, which is always between two text elements. Inserted texts are kept apart until the whole
/// text is needed, so that pasting a long line in parts takes no longer than pasting it at once.
/// </summary>
internal sealed class LineBuffer : IEquatable<LineBuffer>
{
    // Longer text elements may be cut.
    private const int MaxElementLength = 1_024;

    // Single characters are not kept apart.
    private const int MaxJoinedLength = 64;

    // The line is source[..start], the inserted texts, the cursor, and source[end..].
    private readonly string source;
    private readonly int start;
    private readonly int end;
    private readonly ImmutableStack<string> inserted;
    private readonly Lazy<string> text;

    private LineBuffer(string source, int start, int end, ImmutableStack<string> inserted, int cursor)
    {
        this.source = source;
        this.start = start;
        this.end = end;
        this.inserted = inserted;
        Cursor = cursor;
        text = inserted.IsEmpty && start == end ? new(source) : new(Join);
    }

    internal static LineBuffer Empty { get; } = From("");

    internal string Text => text.Value;

    internal int Cursor { get; }

    internal int Length => Cursor + source.Length - end;

    /// <summary>A text with the cursor at its end.</summary>
    internal static LineBuffer From(string text) => From(text, text.Length);

    internal LineBuffer Insert(string added) =>
        new LineBuffer(source, start, end, Append(added), Cursor + added.Length).Normalized();

    internal LineBuffer Move(Motion motion) => From(Text, motion.TargetOf(Text, Cursor));

    /// <summary>The text between the cursor and the target of a motion.</summary>
    internal string TextOver(Motion motion) => Text[RangeOf(motion)];

    /// <summary>Deletes the text between the cursor and the target of a motion.</summary>
    internal LineBuffer Delete(Motion motion)
    {
        var (from, length) = RangeOf(motion).GetOffsetAndLength(Text.Length);
        return From(Text.Remove(from, length), from).Normalized();
    }

    /// <summary>The last characters before the cursor.</summary>
    internal string TakeBeforeCursor(int maxLength)
    {
        var taken = "";
        foreach (var part in inserted.TakeWhile(_ => taken.Length < maxLength))
        {
            taken = string.Concat(part.AsSpan(Math.Max(0, part.Length - (maxLength - taken.Length))), taken);
        }

        var rest = Math.Min(start, maxLength - taken.Length);
        return string.Concat(source.AsSpan(start - rest, rest), taken);
    }

    /// <summary>The first characters after the cursor.</summary>
    internal string TakeAfterCursor(int maxLength) =>
        source.Substring(end, Math.Min(maxLength, source.Length - end));

    /// <inheritdoc/>
    public bool Equals(LineBuffer? other) =>
        other is not null && (Cursor, Length) == (other.Cursor, other.Length) && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LineBuffer other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, Cursor);

    /// <inheritdoc/>
    public override string ToString() => $"{Text[..Cursor]}|{Text[Cursor..]}";

    private static LineBuffer From(string text, int cursor) =>
        new(text, cursor, cursor, ImmutableStack<string>.Empty, cursor);

    // An edit can join characters into one text element; the cursor then goes after it.
    private LineBuffer Normalized()
    {
        if (end == source.Length)
        {
            return this;
        }

        var before = TakeBeforeCursor(MaxElementLength);
        var boundary = TextElements.BoundaryAtOrAfter(
            before + TakeAfterCursor(MaxElementLength),
            before.Length
        );
        var joined = TakeAfterCursor(boundary - before.Length);
        return joined.Length == 0
            ? this
            : new(source, start, end + joined.Length, Append(joined), Cursor + joined.Length);
    }

    private ImmutableStack<string> Append(string added) =>
        !inserted.IsEmpty && inserted.Peek().Length + added.Length <= MaxJoinedLength
            ? inserted.Pop().Push(inserted.Peek() + added)
            : inserted.Push(added);

    private string Join()
    {
        string[] parts = [source[..start], .. inserted.Reverse(), source[end..]];
        return string.Concat(parts);
    }

    private Range RangeOf(Motion motion)
    {
        var target = motion.TargetOf(Text, Cursor);
        return Math.Min(Cursor, target)..Math.Max(Cursor, target);
    }
}
