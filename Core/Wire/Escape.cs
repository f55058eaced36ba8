using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace TinyTcp.Core;

/// <summary>
/// Bytes from a network as characters that are safe to show: one line, no control character, nothing that moves a
/// cursor or turns text round (N-2). Logs, terminals and transcripts all use this one form.
/// </summary>
public static class Escape
{
    /// <summary>Shows any bytes: what is not printable UTF-8 becomes <c>\xNN</c>, a backslash <c>\\</c>.</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>One line of printable characters.</returns>
    public static string ToPrintable(ReadOnlySpan<byte> bytes)
    {
        var shown = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var length);
            Append(shown, bytes[..length], rune, status == OperationStatus.Done);
            bytes = bytes[length..];
        }

        return shown.ToString();
    }

    private static void Append(StringBuilder shown, ReadOnlySpan<byte> bytes, Rune rune, bool valid)
    {
        if (valid && rune.Value == '\\')
        {
            shown.Append(@"\\");
        }
        else if (valid && IsPrintable(rune))
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

    private static bool IsPrintable(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned
            );
}
