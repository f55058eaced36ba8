using System.Collections.Immutable;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Errors;

/// <summary>What an error does to the connection.</summary>
public enum ErrorEffect
{
    /// <summary>It answers one request; the connection goes on.</summary>
    AnswersRequest,

    /// <summary>It is a goodbye: said at most once, last, and the server closes .</summary>
    EndsConnection,
}

/// <summary>
/// One row of the error table: wire, logs, metrics, client and protocol.md follow from it. Only the rows of
/// <see cref="ErrorTable"/> exist.
/// </summary>
public sealed record ErrorSpec
{
    internal ErrorSpec(string code, ErrorEffect effect, string when, string advice, string rule)
    {
        Code = code;
        Word = LineText.Literal(code);
        Effect = effect;
        When = when;
        Advice = advice;
        Rule = rule;
    }

    /// <summary>The word on the wire.</summary>
    public string Code { get; }

    /// <summary>The word as a text of the wire.</summary>
    public LineText Word { get; }

    /// <summary>Whether it answers a request or ends the connection.</summary>
    public ErrorEffect Effect { get; }

    /// <summary>When a server says it, for people.</summary>
    public string When { get; }

    /// <summary>What a client should do, for people.</summary>
    public string Advice { get; }

    /// <summary>The rule of protocol.md that it belongs to.</summary>
    public string Rule { get; }
}

/// <summary>All errors.</summary>
public static class ErrorTable
{
    /// <summary>The rows, in the order in which <see cref="ErrorCode"/> names them.</summary>
    public static ImmutableArray<ErrorSpec> Rows { get; } =
    [
        Answer("UNKNOWN_COMMAND", "The first word is no command.", "Send HELP to see the commands.", "C-1"),
        Answer("BAD_ARGUMENTS", "ECHO without a text.", "Send the text after the command.", "C-4"),
        Answer("BAD_ENCODING", "The line is not UTF-8.", "Encode the line as UTF-8.", "F-7"),
        Answer("LINE_TOO_LONG", "The line has more bytes than the limit.", "Send shorter lines.", "F-4"),
        Goodbye("WRONG_PROTOCOL", "HTTP or TLS at the door.", "Speak TinyTCP, or go to another port.", "S-8"),
        Goodbye("UNTERMINATED_LINE", "The client finished in mid line.", "End the last line with LF.", "F-6"),
        Goodbye("IDLE_TIMEOUT", "No line came for too long.", "Connect again when there is work.", "S-5"),
        Goodbye("LINE_TIMEOUT", "A line was begun and not ended in time.", "Send whole lines.", "S-6"),
        Goodbye(
            "TOO_MANY_ERRORS",
            "Too many errors in a row.",
            "Mend the requests, then connect again.",
            "S-7"
        ),
        Goodbye(
            "SERVER_BUSY",
            "The server has as many connections as it may.",
            "Wait, then try again.",
            "S-10"
        ),
        Goodbye(
            "TOO_MANY_CONNECTIONS",
            "The client's address has as many connections as one may.",
            "Close some, then try again.",
            "S-11"
        ),
        Goodbye("SHUTTING_DOWN", "The server is stopping.", "Try again, here or elsewhere.", "S-9"),
    ];

    /// <summary>The error that a word names, in any letter case .</summary>
    /// <param name="word">A word that followed <c>ERROR</c>.</param>
    /// <returns>The error, or none for a word that this version does not know.</returns>
    public static Option<ErrorCode> Find(LineText word)
    {
        for (var row = 0; row < Rows.Length; row++)
        {
            if (Ascii.EqualsIgnoreCase(word.Bytes, Rows[row].Word.Bytes))
            {
                return new ErrorCode(row);
            }
        }

        return Option<ErrorCode>.None;
    }

    private static ErrorSpec Answer(string code, string when, string advice, string rule) =>
        new(code, ErrorEffect.AnswersRequest, when, advice, rule);

    private static ErrorSpec Goodbye(string code, string when, string advice, string rule) =>
        new(code, ErrorEffect.EndsConnection, when, advice, rule);
}
