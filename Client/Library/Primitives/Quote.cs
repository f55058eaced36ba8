using System.Text;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Primitives;

/// <summary>Words of strangers inside our own sentences: quoted, escaped (N-2) and never long.</summary>
internal static class Quote
{
    /// <summary>The most bytes that are shown.</summary>
    internal const int MaxBytes = 64;

    /// <summary>Shows bytes from a network.</summary>
    internal static string Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= MaxBytes
            ? $"'{Escape.ToPrintable(bytes)}'"
            : $"'{Escape.ToPrintable(bytes[..TruncatedLength(bytes)])}...'";

    /// <summary>Shows what a caller gave.</summary>
    internal static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    // A character cut in two would show as escapes that the peer never sent. UTF-8 needs at most three steps back.
    private static int TruncatedLength(ReadOnlySpan<byte> bytes)
    {
        var cut = MaxBytes;
        while (cut > MaxBytes - 3 && (bytes[cut] & 0xC0) == 0x80)
        {
            cut--;
        }

        return cut;
    }
}
