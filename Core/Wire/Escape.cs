using System;
using System.Buffers;
using System.Globalization;
using System.Text;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>
/// Bytes from a network as characters that are safe to show: one line, no control characters, nothing that moves a cursor
/// or reverses text (N-2). The joiner between two emoji counts as printable. Logs, terminals and transcripts all use this form.
/// </summary>
public static class Escape
{
    private const byte Backslash = (byte)'\\';

    // It is invisible: between emoji it makes them one, and anywhere else it could hide in a text.
    private static readonly Rune ZeroWidthJoiner = new(0x200D);

    /// <summary>Escapes bytes: what is not printable UTF-8 becomes <c>\xNN</c>, a backslash <c>\\</c>.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>One line of printable characters.</returns>
    public static string ToPrintable(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder(bytes.Length);
        var last = default(Rune);
        while (!bytes.IsEmpty)
        {
            var isValid = Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done;
            var isShown =
                isValid
                && (IsPrintable(rune) || (rune == ZeroWidthJoiner && JoinsEmoji(last, bytes[length..])));
            Append(shown, bytes[..length], rune, isShown);
            last = IsEmojiModifier(rune) ? last : rune;
            bytes = bytes[length..];
        }

        return shown.ToString();
    }

    /// <summary>The inverse of ToPrintable: <c>FromPrintable(ToPrintable(bytes))</c> is the bytes.</summary>
    /// <param name="shown">Characters; each but a backslash stands for its UTF-8, printable or not.</param>
    /// <returns>The bytes; none if a backslash begins neither <c>\\</c> nor <c>\xNN</c>, or a surrogate is alone.</returns>
    public static Option<ReadOnlyMemory<byte>> FromPrintable(string shown) => Unescape(shown).ToOption();

    /// <summary>The same; on the left, the index of the first character that cannot be read.</summary>
    internal static Either<int, ReadOnlyMemory<byte>> Unescape(string shown) =>
        Utf8Text.Encode(shown).ToEither(0).Bind(Unescape);

    private static Either<int, ReadOnlyMemory<byte>> Unescape(ReadOnlyMemory<byte> shown)
    {
        var bytes = new byte[shown.Length];
        var length = 0;
        for (var rest = shown.Span; !rest.IsEmpty; )
        {
            var consumed = ReadByte(rest, out bytes[length]);
            if (consumed == 0)
            {
                return Encoding.UTF8.GetCharCount(shown.Span[..^rest.Length]);
            }

            length++;
            rest = rest[consumed..];
        }

        return new ReadOnlyMemory<byte>(bytes, 0, length);
    }

    /// <summary>The number of bytes that show the first one; 0 if they are an unknown escape.</summary>
    private static int ReadByte(ReadOnlySpan<byte> shown, out byte value)
    {
        value = shown[0];
        return value != Backslash ? 1
            : shown is [_, Backslash, ..] ? 2
            : shown is [_, (byte)'x', _, _, ..] && IsHex(shown[2..4], out value) ? 4
            : 0;
    }

    private static bool IsHex(ReadOnlySpan<byte> digits, out byte value) =>
        byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);

    private static void Append(StringBuilder shown, ReadOnlySpan<byte> bytes, Rune rune, bool isShown)
    {
        if (rune.Value == Backslash)
        {
            shown.Append(@"\\");
        }
        else if (isShown)
        {
            shown.Append(rune);
        }
        else
        {
            foreach (var value in bytes)
            {
                shown.Append(CultureInfo.InvariantCulture, $@"\x{value:X2}");
            }
        }
    }

    /// <summary>Whether an emoji and the next one are one character if joined: rule GB11 of Unicode's text segmentation.</summary>
    private static bool JoinsEmoji(Rune last, ReadOnlySpan<byte> rest) =>
        Rune.DecodeFromUtf8(rest, out var next, out _) == OperationStatus.Done
        && IsPrintable(last)
        && IsPrintable(next)
        && IsOneElement(last, next)
        && !IsOneElement(new Rune('a'), next);

    private static bool IsOneElement(Rune first, Rune second)
    {
        var joined = $"{first}{ZeroWidthJoiner}{second}";
        return StringInfo.GetNextTextElementLength(joined) == joined.Length;
    }

    /// <summary>The emoji variation selector, and skin colors.</summary>
    private static bool IsEmojiModifier(Rune rune) => rune.Value is 0xFE0F or (>= 0x1F3FB and <= 0x1F3FF);

    // Letters and marks of Unicode that have no glyph: they could hide in a text.
    private static bool IsInvisible(Rune rune) =>
        rune.Value
            is 0x034F
                or (0x115F or 0x1160)
                or (0x17B4 or 0x17B5)
                or (>= 0x180B and <= 0x180F)
                or 0x3164
                or (>= 0xFE00 and <= 0xFE0E)
                or 0xFFA0
                or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsPrintable(Rune rune) =>
        !IsInvisible(rune)
        && Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
}
