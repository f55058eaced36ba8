using System.Text;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>
/// A simple model of the server. It has all bytes at once, as a string with one character per byte, and splits them at
/// LF. It shares only the names of errors with Core; it repeats the text of replies on purpose.
/// </summary>
internal static class Model
{
    /// <summary>The commands as protocol.md lists them (C-5).</summary>
    internal const string HelpText = "TIME | ECHO <TEXT> | HELP | QUIT";

    private static readonly char[] WhiteSpace = [' ', '\t', '\v', '\f', '\r'];

    private static readonly string[] FinalReplies =
    [
        "BYE\n",
        Error(ErrorCode.WrongProtocol),
        Error(ErrorCode.UnterminatedLine),
    ];

    internal static string OutputFor(string bytes, Limits limits)
    {
        if (bytes.StartsWith('\x16'))
        {
            return Greeting + Error(ErrorCode.WrongProtocol);
        }

        var output = Greeting;
        var errors = 0;
        var lines = bytes.Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var reply = Reply(lines[at], unfinished: at == lines.Length - 1, limits.MaxLine);
            var isError = reply.StartsWith("ERROR", StringComparison.Ordinal);
            errors =
                isError ? errors + 1
                : reply.Length > 0 ? 0
                : errors;
            output += reply;
            if (FinalReplies.Contains(reply))
            {
                return output;
            }

            if (isError && errors == limits.MaxErrors)
            {
                return output + Error(ErrorCode.TooManyErrors);
            }
        }

        return output;
    }

    private static string Greeting => "WELCOME, I'm TinyServer not pressure\n";

    private static string Reply(string line, bool unfinished, int limit)
    {
        var request = line.Trim(WhiteSpace);
        var verb = Verb(request);
        var argument = request[verb.Length..].Trim(WhiteSpace);
        return line.Length > limit ? Error(ErrorCode.LineTooLong)
            : unfinished ? (line.Length > 0 ? Error(ErrorCode.UnterminatedLine) : "")
            : request.Length == 0 ? ""
            : !IsUtf8(request) ? Error(ErrorCode.BadEncoding)
            : Command(verb, argument, request);
    }

    private static string Command(string verb, string argument, string request) =>
        AsciiUpper(verb) switch
        {
            "TIME" => "TIME 2025-09-12T17:24:13-05:00\n",
            "ECHO" => argument.Length > 0 ? $"ECHO {argument}\n" : Error(ErrorCode.BadArguments),
            "HELP" => $"HELP COMMANDS: {HelpText}\n",
            "QUIT" => "BYE\n",
            _ => Error(IsHttp(request) ? ErrorCode.WrongProtocol : ErrorCode.UnknownCommand),
        };

    private static string Verb(string request) =>
        request.IndexOfAny(WhiteSpace) is var end && end < 0 ? request : request[..end];

    private static string AsciiUpper(string word) =>
        string.Concat(word.Select(static c => c is >= 'a' and <= 'z' ? (char)(c - 32) : c));

    private static bool IsUtf8(string bytes) =>
        Encoding
            .UTF8.GetBytes(Encoding.UTF8.GetString(WireBytes.Bytes(bytes)))
            .SequenceEqual(WireBytes.Bytes(bytes));

    private static bool IsHttp(string request) =>
        request.Length > 8
        && request[^9..^3] is " HTTP/"
        && char.IsAsciiDigit(request[^3])
        && request[^2] == '.'
        && char.IsAsciiDigit(request[^1]);

    private static string Error(ErrorCode error) => $"ERROR {error.Name}\n";
}
