using System.Text;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Primitives;

/// <summary>Quotes foreign text for messages: escaped (N-2) and truncated.</summary>
internal static class Quote
{
    /// <summary>The maximum number of bytes that are shown.</summary>
    internal const int MaxBytes = 64;

    /// <summary>Quotes bytes from a network.</summary>
    internal static string Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MaxBytes
            ? $"'{Escape.ToPrintable(bytes)}'"
            : $"'{Escape.ToPrintable(bytes[..TruncatedLength(bytes)])}...'";

    /// <summary>Quotes a caller's text.</summary>
    internal static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    // Never truncates inside a UTF-8 character, which would show as escapes. It has at most three continuation bytes.
    private static int TruncatedLength(ReadOnlySpan<byte> bytes)
    {
        var length = MaxBytes;
        while (length > MaxBytes - 3 && (bytes[length] & 0xC0) == 0x80)
        {
            length--;
        }

        return length;
    }
}
