using System;
using System.Text;
using System.Text.Unicode;
using LanguageExt;

namespace TinyTcp.Core;

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
    public static Either<ProtocolError, Command> Parse(ReadOnlyMemory<byte> line) =>
        line.Span.Contains(Grammar.Lf) ? ProtocolError.BadArguments : ParseLine(Words.Trim(line));

    /// <summary>The same for characters (a lone surrogate is BAD_ENCODING).</summary>
    /// <param name="line">A line without its LF.</param>
    /// <returns>The command, or the error that answers the line.</returns>
    public static Either<ProtocolError, Command> Parse(string line)
    {
        var bytes = Utf8Text.Encode(line);
        return bytes.IsSome ? Parse((ReadOnlyMemory<byte>)bytes) : ProtocolError.BadEncoding;
    }

    /// <summary>One trimmed line, one judgement: encoding, then the command, then whose protocol it is (J-1).</summary>
    internal static Either<ProtocolError, Command> ParseLine(ReadOnlyMemory<byte> trimmed) =>
        Utf8.IsValid(trimmed.Span) ? ParseWords(trimmed) : ProtocolError.BadEncoding;

    private static Either<ProtocolError, Command> ParseWords(ReadOnlyMemory<byte> trimmed)
    {
        var verb = trimmed.Span[..Words.FirstWordLength(trimmed.Span)];
        foreach (var row in CommandTable.Rows)
        {
            if (Ascii.EqualsIgnoreCase(verb, row.VerbBytes))
            {
                return row.Argument.Apply(Words.Trim(trimmed[verb.Length..]));
            }
        }

        return Grammar.EndsInHttpVersion(trimmed.Span)
            ? ProtocolError.WrongProtocol
            : ProtocolError.UnknownCommand;
    }
}
