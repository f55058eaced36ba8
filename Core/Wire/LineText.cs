using System;
using System.Text;
using System.Text.Unicode;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>
/// A text that can stand in a line: UTF-8, at least one byte, no LF, no white space at its ends (F-1, F-2, F-7). Only
/// valid ones exist: <c>default(LineText)</c> is the text <c>-</c>.
/// </summary>
/// <remarks>
/// A text refers to the memory it was made from and does not copy it. A caller that reuses that memory calls
/// <see cref="ToString"/> or <see cref="Copy"/> first.
/// </remarks>
public readonly struct LineText : IEquatable<LineText>
{
    private readonly ReadOnlyMemory<byte> memory;

    private LineText(ReadOnlyMemory<byte> memory) => this.memory = memory;

    /// <summary>The text's UTF-8 bytes; never empty.</summary>
    public ReadOnlySpan<byte> Bytes => memory.IsEmpty ? "-"u8 : memory.Span;

    /// <summary>Checks bytes.</summary>
    /// <param name="bytes">Any bytes; white space at their ends is trimmed.</param>
    /// <returns>The text, or none if they are blank, contain an LF or are not UTF-8.</returns>
    public static Option<LineText> From(ReadOnlyMemory<byte> bytes)
    {
        var trimmed = Tokenizer.Trim(bytes);
        return IsOneLine(trimmed.Span) ? FromTrusted(trimmed) : Option<LineText>.None;
    }

    /// <summary>Checks characters.</summary>
    /// <param name="characters">Any string; white space at its ends is trimmed.</param>
    /// <returns>The text, or none if it is blank, or contains an LF or a lone surrogate.</returns>
    public static Option<LineText> From(string characters) => Utf8Text.Encode(characters).Bind(From);

    /// <summary>Copies the text into memory of its own.</summary>
    /// <returns>A text that outlives the buffer this one refers to.</returns>
    public LineText Copy() => new(Bytes.ToArray());

    /// <summary>The text as characters; nothing is escaped.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);

    /// <inheritdoc/>
    public bool Equals(LineText other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LineText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => ByteString.HashOf(Bytes);

    /// <summary>Whether the bytes are the same.</summary>
    public static bool operator ==(LineText left, LineText right) => left.Equals(right);

    /// <summary>Whether any byte differs.</summary>
    public static bool operator !=(LineText left, LineText right) => !left.Equals(right);

    /// <summary>For bytes that are known to be trimmed UTF-8 without LF, and not empty.</summary>
    internal static LineText FromTrusted(ReadOnlyMemory<byte> trimmed) => new(trimmed);

    /// <summary>For the texts of Core's own tables.</summary>
    internal static LineText Literal(string characters) => From(characters).IfNone(default(LineText));

    private static bool IsOneLine(ReadOnlySpan<byte> bytes) =>
        !bytes.IsEmpty && !bytes.Contains(Grammar.Lf) && Utf8.IsValid(bytes);
}
