using System.CommandLine.Parsing;
using System.Net;
using LanguageExt;
using TinyTcp.Client;
using ParseResult = System.CommandLine.ParseResult;

namespace TinyTcp.Cli;

/// <summary>Words that make no command line, told in sentences of ours.</summary>
internal static class Misuse
{
    /// <summary>The first thing that is wrong, unless help or the version was asked for.</summary>
    internal static Option<Complaint> In(ParseResult parsed) =>
        parsed.Action is { ClearsParseErrors: true }
            ? default
            : Bracketed(parsed) || UnknownOption(parsed) || Missing(parsed) || Other(parsed);

    // The parser takes a first word in brackets for a directive. Only an IPv6 address stands in brackets here, and
    // its brackets are gone by now.
    private static Option<Complaint> Bracketed(ParseResult parsed) =>
        parsed
            .Tokens.Where(static token => token.Type == TokenType.Directive)
            .SelectMany(static token =>
                ServerAddress.From(token.Value, IPEndPoint.MaxPort).LeftAsEnumerable()
            )
            .Select(Complaint.Of)
            .HeadOrNone();

    // The parser takes an option it does not know for an argument. Behind -- everything is one; a number always is.
    private static Option<Complaint> UnknownOption(ParseResult parsed) =>
        parsed
            .Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)
            .Where(static token => token.Type == TokenType.Argument)
            .Select(static token => token.Value)
            .Where(static word => word is ['-', not (>= '0' and <= '9'), ..])
            .Select(static word =>
                Complaint.Usage($"There is no option {Quote.Of(word)}: put -- before a text that begins so.")
            )
            .HeadOrNone();

    private static Option<Complaint> Missing(ParseResult parsed) =>
        parsed
            .Errors.Select(static error => error.SymbolResult)
            .OfType<ArgumentResult>()
            .Where(static result => result is { Tokens.Count: 0, Parent: CommandResult })
            .Select(static result => Complaint.Usage($"The {result.Argument.Name} is missing: give one."))
            .HeadOrNone();

    private static Option<Complaint> Other(ParseResult parsed) =>
        parsed.UnmatchedTokens is [var word, ..]
            ? Complaint.Usage($"The word {Quote.Of(word)} is one too many.")
        : parsed.Errors is [var error, ..] ? Complaint.Usage(error.Message)
        : Option<Complaint>.None;
}
