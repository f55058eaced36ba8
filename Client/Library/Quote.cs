using System.Text;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client;

/// <summary>Words of strangers inside our own sentences: quoted, escaped (N-2) and never long.</summary>
internal static class Quote
{
    /// <summary>The most bytes that are shown.</summary>
    internal const int Most = 64;

    /// <summary>Shows bytes from a network.</summary>
    internal static string Of(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= Most
            ? $"'{Escape.ToPrintable(bytes)}'"
            : $"'{Escape.ToPrintable(bytes[..Cut(bytes)])}...'";

    /// <summary>Shows what a caller gave.</summary>
    internal static string Of(string characters) => Of(Encoding.UTF8.GetBytes(characters));

    // A character cut in two would show as escapes that the peer never sent. UTF-8 needs at most three steps back.
    private static int Cut(ReadOnlySpan<byte> bytes)
    {
        var cut = Most;
        while (cut > Most - 3 && (bytes[cut] & 0xC0) == 0x80)
        {
            cut--;
        }

        return cut;
    }
}
