using System;
using System.Linq;
using System.Runtime.CompilerServices;

namespace TinyTcp.Core.Wire;

/// <summary>The bytes that have a meaning, each under its ABNF rule (protocol.md, "Grammar").</summary>
public static class Grammar
{
    // LF = %x0A ; the only byte that ends a line
    /// <summary>The only byte that ends a line (F-1).</summary>
    public const byte Lf = 0x0A;

    // SP = %x20 ; what a server writes between a word and its text
    /// <summary>Separates a word from its text in what is written (F-2).</summary>
    public const byte Space = 0x20;

    // tls-hello = %x16 ; the first byte of a TLS handshake record
    /// <summary>The first byte of a TLS handshake; no TinyTCP line begins with it (S-8).</summary>
    public const byte TlsHello = 0x16;

    // WSP = %x20 / %x09 / %x0B / %x0C / %x0D ; SP, HT, VT, FF, CR
    /// <summary>Whether a byte is white space: SP, HT, VT, FF or CR, and nothing else (F-2).</summary>
    /// <param name="value">Any byte.</param>
    /// <returns>True for those five bytes.</returns>
    // The JIT estimates it as too large to inline, and it is called for most bytes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSpace(byte value) => value is Space or 0x09 or 0x0B or 0x0C or 0x0D;

    // blank = *WSP
    /// <summary>Whether a line is empty or all white space, and gets no reply (F-3).</summary>
    /// <param name="line">Any bytes; a line without its LF.</param>
    public static bool IsBlank(ReadOnlySpan<byte> line)
    {
        var length = 0;
        while (length < line.Length && IsSpace(line[length]))
        {
            length++;
        }

        return length == line.Length;
    }

    /// <summary>The same for characters; white space outside ASCII is text.</summary>
    /// <param name="line">Any string.</param>
    public static bool IsBlank(string line) =>
        line.All(static letter => char.IsAscii(letter) && IsSpace((byte)letter));

    // http-tail = %x20 %s"HTTP/" DIGIT "." DIGIT ; how the first line of an HTTP request ends
    /// <summary>Whether a trimmed line ends as an HTTP request's first line does (S-8).</summary>
    /// <param name="line">A line without white space at its ends.</param>
    /// <returns>True if its last nine bytes are <c> HTTP/</c>, a digit, a dot and a digit.</returns>
    public static bool EndsInHttpVersion(ReadOnlySpan<byte> line) =>
        line.Length >= 9
        && line[^9..^3].SequenceEqual(" HTTP/"u8)
        && char.IsAsciiDigit((char)line[^3])
        && line[^2] == (byte)'.'
        && char.IsAsciiDigit((char)line[^1]);
}
