using System;
using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <summary>
/// The protocol's verbs as pure functions: Parse a request, Evaluate it, Render the reply, and Read it at the other end.
/// None of them waits, throws or reads a clock.
/// </summary>
/// <example>
/// <code>
/// var request = Protocol.Parse("ECHO hello");
/// var reply = Protocol.Evaluate(request, DateTimeOffset.Now);
/// Console.WriteLine(Protocol.Render(reply)); // ECHO hello
/// </code>
/// </example>
public static partial class Protocol
{
    /// <summary>Parses one line into a command, or into the error that answers it (J-1, C-1 to C-6).</summary>
    /// <param name="line">
    /// A line without its LF, of any length: framing enforces the limits. A blank line is an unknown command; a line
    /// that contains an LF is two lines, and BAD_ARGUMENTS.
    /// </param>
    /// <returns>The command, or BAD_ENCODING, UNKNOWN_COMMAND, BAD_ARGUMENTS or WRONG_PROTOCOL.</returns>
    public static Either<ErrorCode, Command> Parse(ReadOnlyMemory<byte> line) =>
        line.Span.Contains(Grammar.Lf) ? ErrorCode.BadArguments : ParseLine(Tokenizer.Trim(line));

    /// <summary>Parses a line of characters; a lone surrogate is BAD_ENCODING.</summary>
    /// <param name="line">A line without its LF.</param>
    /// <returns>The command, or the error that answers the line.</returns>
    public static Either<ErrorCode, Command> Parse(string line)
    {
        var bytes = Utf8Text.Encode(line);
        return bytes.IsSome ? Parse((ReadOnlyMemory<byte>)bytes) : ErrorCode.BadEncoding;
    }

    /// <summary>Parses a trimmed line without LF: first its encoding, then the command, then other protocols (J-1).</summary>
    internal static Either<ErrorCode, Command> ParseLine(ReadOnlyMemory<byte> trimmed)
    {
        var line = trimmed.Span;
        if (!Utf8.IsValid(line))
        {
            return ErrorCode.BadEncoding;
        }

        var verb = Tokenizer.FirstWordLength(line);
        var row = CommandTable.Find(line[..verb]);
        return row.IsSome
                ? ParseArgument(
                    (CommandSpec)row,
                    trimmed[(verb + Tokenizer.LeadingSpaceLength(line[verb..]))..]
                )
            : Grammar.EndsInHttpVersion(line) ? ErrorCode.WrongProtocol
            : ErrorCode.UnknownCommand;
    }

    private static Either<ErrorCode, Command> ParseArgument(CommandSpec row, ReadOnlyMemory<byte> argument) =>
        row.Argument switch
        {
            ArgumentRule.Ignored => Command.Of(row.Kind, default),
            ArgumentRule.Required => argument.IsEmpty
                ? ErrorCode.BadArguments
                : Command.Of(row.Kind, LineText.FromTrusted(argument)),
        };
}
