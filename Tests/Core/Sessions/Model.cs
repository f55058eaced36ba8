using System.Text;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>
/// The server as anyone would write it who has all the bytes at once and all the time in the world: split at LF,
/// loop, plain strings (one character a byte). It shares nothing with Core but the names of the errors, and its
/// words stand here a second time on purpose.
/// </summary>
internal static class Model
{
    /// <summary>The commands as protocol.md lists them (C-5).</summary>
    internal const string HelpText = "TIME | ECHO <TEXT> | HELP | QUIT";

    private static readonly char[] White = [' ', '\t', '\v', '\f', '\r'];

    private static readonly string[] LastWords =
    [
        "BYE\n",
        Error(ErrorCode.WrongProtocol),
        Error(ErrorCode.UnterminatedLine),
    ];

    internal static string Answer(string bytes, Limits limits)
    {
        if (bytes.StartsWith('\x16'))
        {
            return Greeting + Error(ErrorCode.WrongProtocol);
        }

        var said = Greeting;
        var errors = 0;
        var lines = bytes.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var reply = Judge(lines[at], unfinished: at == lines.Length - 1, limits.MaxLine);
            var isError = reply.StartsWith("ERROR", StringComparison.Ordinal);
            errors =
                isError ? errors + 1
                : reply.Length > 0 ? 0
                : errors;
            said += reply;
            if (LastWords.Contains(reply))
            {
                return said;
            }

            if (isError && errors == limits.MaxErrors)
            {
                return said + Error(ErrorCode.TooManyErrors);
            }
        }

        return said;
    }

    private static string Greeting => "WELCOME, I'm TinyServer not pressure\n";

    private static string Judge(string line, bool unfinished, int limit)
    {
        var words = line.Trim(White);
        var verb = Verb(words);
        var rest = words[verb.Length..].Trim(White);
        return line.Length > limit ? Error(ErrorCode.LineTooLong)
            : unfinished ? (line.Length > 0 ? Error(ErrorCode.UnterminatedLine) : "")
            : words.Length == 0 ? ""
            : !IsUtf8(words) ? Error(ErrorCode.BadEncoding)
            : Command(verb, rest, words);
    }

    private static string Command(string verb, string rest, string line) =>
        AsciiUpper(verb) switch
        {
            "TIME" => "TIME 2025-09-12T17:24:13-05:00\n",
            "ECHO" => rest.Length > 0 ? $"ECHO {rest}\n" : Error(ErrorCode.BadArguments),
            "HELP" => $"HELP COMMANDS: {HelpText}\n",
            "QUIT" => "BYE\n",
            _ => Error(IsHttp(line) ? ErrorCode.WrongProtocol : ErrorCode.UnknownCommand),
        };

    private static string Verb(string words) =>
        words.IndexOfAny(White) is var end && end < 0 ? words : words[..end];

    private static string AsciiUpper(string word) =>
        string.Concat(word.Select(static c => c is >= 'a' and <= 'z' ? (char)(c - 32) : c));

    private static bool IsUtf8(string bytes) =>
        Encoding
            .UTF8.GetBytes(Encoding.UTF8.GetString(WireBytes.Bytes(bytes)))
            .SequenceEqual(WireBytes.Bytes(bytes));

    private static bool IsHttp(string line) =>
        line.Length > 8
        && line[^9..^3] is " HTTP/"
        && char.IsAsciiDigit(line[^3])
        && line[^2] == '.'
        && char.IsAsciiDigit(line[^1]);

    private static string Error(ErrorCode error) => $"ERROR {error.Name}\n";
}
