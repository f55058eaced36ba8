using System;
using System.Text;
using System.Text.Unicode;

namespace TinyTcp.Core;

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
        int said;
        do
        {
            var line = FirstLine(bytes[consumed..], maxLine);
            said = Say(line, now, destination[written..]);
            consumed += said == 0 ? 0 : line.Length;
            written += said;
        } while (said > 0);

        return (consumed, written);
    }

    /// <summary>The first line with its LF; empty where it has none or is too long.</summary>
    private static ReadOnlySpan<byte> FirstLine(ReadOnlySpan<byte> bytes, int maxLine)
    {
        var length = bytes.IndexOf(Grammar.Lf);
        return length <= maxLine ? bytes[..(length + 1)] : [];
    }

    /// <summary>Writes a plain request's reply; nothing for any other, or where there is no room.</summary>
    private static int Say(ReadOnlySpan<byte> line, in Timestamp now, Span<byte> room) =>
        IsEcho(line) ? Copy(line, room)
        : IsTime(line) ? Time(now, room)
        : 0;

    /// <summary>Whether it is the verb, one space, and a text of UTF-8 without white space at its ends.</summary>
    private static bool IsEcho(ReadOnlySpan<byte> line)
    {
        var verb = CommandTable.EchoVerb;
        return line.Length > verb.Length + 2
            && line.StartsWith(verb)
            && line[verb.Length] == Grammar.Space
            && !Grammar.IsSpace(line[verb.Length + 1])
            && !Grammar.IsSpace(line[^2])
            && IsUtf8(line);
    }

    // Most texts are ASCII, and of that the answer comes sooner.
    private static bool IsUtf8(ReadOnlySpan<byte> line) => Ascii.IsValid(line) || Utf8.IsValid(line);

    private static bool IsTime(ReadOnlySpan<byte> line)
    {
        var verb = CommandTable.TimeVerb;
        return line.Length == verb.Length + 1 && line.StartsWith(verb);
    }

    private static int Copy(ReadOnlySpan<byte> line, Span<byte> room) =>
        line.TryCopyTo(room) ? line.Length : 0;

    private static int Time(in Timestamp now, Span<byte> room) =>
        Protocol.TryRender(Reply.Time(now), room, out var written) ? written : 0;
}
