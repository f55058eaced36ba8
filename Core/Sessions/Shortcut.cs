using System;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// The short way for what most requests are: ECHO and TIME, written as <see cref="Protocol.Render(Command)"/> writes
/// them. Such an ECHO is its own reply, byte for byte. It decides nothing anew: it says what Render, Evaluate and Parse
/// say, which a law sees to, and leaves to them whatever is written otherwise.
/// </summary>
internal static class Shortcut
{
    /// <summary>Answers as many requests in a row as are plain and have room.</summary>
    /// <param name="bytes">Bytes from the start of a line.</param>
    /// <param name="now">What TIME answers with.</param>
    /// <param name="maxLine">The most bytes of a line before its LF.</param>
    /// <param name="destination">Where replies are written.</param>
    /// <returns>How many bytes were consumed and written; none where the first request is not plain.</returns>
    internal static (int Consumed, int Written) Answer(
        ReadOnlySpan<byte> bytes,
        in Timestamp now,
        int maxLine,
        Span<byte> destination
    )
    {
        var (consumed, written) = (0, 0);
        (int Consumed, int Written) request;
        do
        {
            request = First(bytes[consumed..], now, maxLine, destination[written..]);
            consumed += request.Consumed;
            written += request.Written;
        } while (request.Consumed > 0);

        return (consumed, written);
    }

    /// <summary>Answers the first request; nothing where it is not plain or there is no room.</summary>
    // Calls between these would make a quarter of a short request's cost.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Consumed, int Written) First(
        ReadOnlySpan<byte> bytes,
        in Timestamp now,
        int maxLine,
        Span<byte> room
    ) =>
        Begins(bytes, CommandTable.EchoVerb, Grammar.Space) ? Echo(bytes, maxLine, room)
        : Begins(bytes, CommandTable.TimeVerb, Grammar.Lf) ? Time(now, room)
        : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> verb, byte next) =>
        bytes.Length > verb.Length && bytes.StartsWith(verb) && bytes[verb.Length] == next;

    /// <summary>The line is the reply, unless white space or bytes that are not UTF-8 are found in it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (int Consumed, int Written) Echo(ReadOnlySpan<byte> bytes, int maxLine, Span<byte> room)
    {
        var allowed = bytes[..Math.Min(bytes.Length, maxLine + 1)];
        var length = LineCopy.First(allowed, room, out var isAscii);
        return length > 0 && HasPlainText(bytes[..length]) && (isAscii || Utf8.IsValid(bytes[..length]))
            ? (length, length)
            : default;
    }

    /// <summary>Whether a line has a text, and that no white space at its ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool HasPlainText(ReadOnlySpan<byte> line)
    {
        var start = CommandTable.EchoVerb.Length + 1;
        return line.Length > start + 1 && !Grammar.IsSpace(line[start]) && !Grammar.IsSpace(line[^2]);
    }

    private static (int Consumed, int Written) Time(in Timestamp now, Span<byte> room) =>
        Protocol.TryRender(Reply.Time(now), room, out var written)
            ? (CommandTable.TimeVerb.Length + 1, written)
            : default;
}
