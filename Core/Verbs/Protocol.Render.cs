using System;
using System.Text;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <content>From a reply, or a client's command, to the line that it is on the wire.</content>
public static partial class Protocol
{
    /// <summary>Writes a reply and its LF.</summary>
    /// <param name="reply">Any reply.</param>
    /// <param name="destination">Where to write.</param>
    /// <param name="written">How many bytes were written; 0 where there was no room.</param>
    /// <returns>False where the whole line has no room: then nothing is written.</returns>
    public static bool TryRender(in Reply reply, Span<byte> destination, out int written) =>
        Fits(Write(reply, destination), destination, out written);

    /// <summary>Writes a client's request and its LF.</summary>
    /// <param name="command">Any command.</param>
    /// <param name="destination">Where to write.</param>
    /// <param name="written">How many bytes were written; 0 where there was no room.</param>
    /// <returns>False where the whole line has no room: then nothing is written.</returns>
    public static bool TryRender(Command command, Span<byte> destination, out int written) =>
        Fits(Write(command, destination), destination, out written);

    /// <summary>A reply as a line of characters, without its LF.</summary>
    /// <param name="reply">Any reply.</param>
    public static string Render(in Reply reply)
    {
        var line = new byte[Write(reply, [])];
        return Encoding.UTF8.GetString(line, 0, Write(reply, line) - 1);
    }

    /// <summary>A client's request as a line of characters, without its LF.</summary>
    /// <param name="command">Any command.</param>
    public static string Render(Command command)
    {
        var line = new byte[Write(command, [])];
        return Encoding.UTF8.GetString(line, 0, Write(command, line) - 1);
    }

    private static bool Fits(int length, Span<byte> destination, out int written)
    {
        var fits = length <= destination.Length;
        written = fits ? length : 0;
        return fits;
    }

    /// <summary>The length of a reply's line, which is written where it has room.</summary>
    private static int Write(in Reply reply, Span<byte> destination) =>
        reply.Match(
            context: destination,
            welcome: static (to, text) => WriteLine(to, ReplyTable.Welcome.WordBytes, text.Bytes),
            time: static (to, time) => WriteLine(to, ReplyTable.Time.WordBytes, time.Bytes),
            echo: static (to, text) => WriteLine(to, ReplyTable.Echo.WordBytes, text.Bytes),
            help: static (to, text) => WriteLine(to, ReplyTable.Help.WordBytes, text.Bytes),
            bye: static to => WriteLine(to, ReplyTable.Bye.WordBytes, []),
            error: static (to, error) => WriteLine(to, ReplyTable.Error.WordBytes, error.Spec.Word.Bytes),
            unknownError: static (to, word) => WriteLine(to, ReplyTable.Error.WordBytes, word.Bytes)
        );

    private static int Write(Command command, Span<byte> destination) =>
        command.Match(
            context: destination,
            time: static to => WriteLine(to, CommandTable.Time.VerbBytes, []),
            echo: static (to, text) => WriteLine(to, CommandTable.Echo.VerbBytes, text.Bytes),
            help: static to => WriteLine(to, CommandTable.Help.VerbBytes, []),
            quit: static to => WriteLine(to, CommandTable.Quit.VerbBytes, [])
        );

    // message = word [SP text] LF
    private static int WriteLine(Span<byte> destination, ReadOnlySpan<byte> word, ReadOnlySpan<byte> text)
    {
        var length = word.Length + (text.IsEmpty ? 0 : 1 + text.Length) + 1;
        if (length > destination.Length)
        {
            return length;
        }

        word.CopyTo(destination);
        if (!text.IsEmpty)
        {
            destination[word.Length] = Grammar.Space;
            text.CopyTo(destination[(word.Length + 1)..]);
        }

        destination[length - 1] = Grammar.Lf;
        return length;
    }
}
