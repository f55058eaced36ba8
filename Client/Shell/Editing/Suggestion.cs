using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>A command that begins with the typed text.</summary>
/// <param name="Syntax">The whole request, as HELP shows it.</param>
/// <param name="Remainder">The part of it that is not typed yet.</param>
/// <param name="Completed">The line with its command completed.</param>
internal sealed record Suggestion(string Syntax, string Remainder, string Completed)
{
    /// <summary>A longer line gets no suggestion: a command is short.</summary>
    internal const int MaxLineLength = 256;

    private static readonly char[] WhiteSpace =
    [
        .. Enumerable
            .Range(0, sbyte.MaxValue)
            .Where(static code => Grammar.IsSpace((byte)code))
            .Select(static code => (char)code),
    ];

    /// <summary>The suggestion for a line with the cursor at its end; none where nothing is to be added.</summary>
    internal static Option<Suggestion> For(LineBuffer line)
    {
        if (line.Cursor < line.Length || line.Length > MaxLineLength)
        {
            return default;
        }

        var request = line.Text.TrimStart(WhiteSpace);
        return request.Length == 0
            ? Option<Suggestion>.None
            : CommandTable
                .Rows.Where(row => IsPrefixOf(row, request))
                .Select(row => For(row, line.Text[..^request.Length], request))
                .Where(static suggestion => suggestion.Remainder.Length > 0)
                .HeadOrNone();
    }

    /// <summary>Whether the request is a verb or the start of one, in any letter case (C-1), without an argument.</summary>
    private static bool IsPrefixOf(CommandSpec row, string request) =>
        row.Verb.StartsWith(request, StringComparison.OrdinalIgnoreCase)
        || row.Verb.Equals(request.TrimEnd(WhiteSpace), StringComparison.OrdinalIgnoreCase);

    private static Suggestion For(CommandSpec row, string indent, string request)
    {
        var argument = row.Syntax[row.Verb.Length..];
        return request.Length > row.Verb.Length
            ? new(row.Syntax, argument.TrimStart(), indent + request)
            : new(
                row.Syntax,
                row.Syntax[request.Length..],
                indent + row.Verb + (argument.Length > 0 ? " " : "")
            );
    }
}
