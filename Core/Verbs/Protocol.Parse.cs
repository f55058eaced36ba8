using System;
using System.Text;
using System.Text.Unicode;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Verbs;

/// <summary>
/// The protocol's verbs as pure functions: Parse a request, Evaluate it, Render the reply, Read it again on the
/// other side. None of them waits, throws or knows the time unless told.
/// </summary>
public static partial class Protocol
{
    /// <summary>From one line to the command it is, or the error that answers it (J-1, C-1 to C-6).</summary>
    /// <param name="line">
    /// A line without its LF, of any length: limits are the framing's affair. A blank line is an unknown command;
    /// a line that holds an LF is two, and BAD_ARGUMENTS.
    /// </param>
    /// <returns>The command, or BAD_ENCODING, UNKNOWN_COMMAND, BAD_ARGUMENTS or WRONG_PROTOCOL.</returns>
    public static Either<ErrorCode, Command> Parse(ReadOnlyMemory<byte> line) =>
        line.Span.Contains(Grammar.Lf) ? ErrorCode.BadArguments : ParseLine(Tokenizer.Trim(line));

    /// <summary>The same for characters (a lone surrogate is BAD_ENCODING).</summary>
    /// <param name="line">A line without its LF.</param>
    /// <returns>The command, or the error that answers the line.</returns>
    public static Either<ErrorCode, Command> Parse(string line)
    {
        var bytes = Utf8Text.Encode(line);
        return bytes.IsSome ? Parse((ReadOnlyMemory<byte>)bytes) : ErrorCode.BadEncoding;
    }

    /// <summary>One trimmed line, one judgement: encoding, then the command, then whose protocol it is (J-1).</summary>
    internal static Either<ErrorCode, Command> ParseLine(ReadOnlyMemory<byte> trimmed) =>
        Utf8.IsValid(trimmed.Span) ? ParseWords(trimmed) : ErrorCode.BadEncoding;

    private static Either<ErrorCode, Command> ParseWords(ReadOnlyMemory<byte> trimmed)
    {
        var verb = trimmed.Span[..Tokenizer.FirstWordLength(trimmed.Span)];
        foreach (var row in CommandTable.Rows)
        {
            if (Ascii.EqualsIgnoreCase(verb, row.VerbBytes))
            {
                return row.Argument.Apply(Tokenizer.Trim(trimmed[verb.Length..]));
            }
        }

        return Grammar.EndsInHttpVersion(trimmed.Span) ? ErrorCode.WrongProtocol : ErrorCode.UnknownCommand;
    }
}
