using System.CommandLine.Parsing;
using System.Net;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;
using Command = System.CommandLine.Command;
using ParseResult = System.CommandLine.ParseResult;

namespace TinyTcp.Cli.Parsing;

/// <summary>Words that make no command line, told in sentences of ours.</summary>
internal static class ParseErrors
{
    /// <summary>The first thing that is wrong, unless help or the version was asked for.</summary>
    internal static Option<CliError> FirstOf(ParseResult parsed) =>
        parsed.Action is { ClearsParseErrors: true }
            ? default
            : BracketedHost(parsed)
                || UnknownOption(parsed)
                || OrphanedWords(parsed)
                || MissingArgument(parsed)
                || OtherError(parsed);

    // The parser takes a first word in brackets for a directive. Only an IPv6 address stands in brackets here, and
    // its brackets are gone by now.
    private static Option<CliError> BracketedHost(ParseResult parsed) =>
        parsed
            .Tokens.Where(static token => token.Type == TokenType.Directive)
            .SelectMany(static token => HostPort.From(token.Value, IPEndPoint.MaxPort).LeftAsEnumerable())
            .Select(CliError.From)
            .HeadOrNone();

    // The parser takes an option it does not know for an argument. Behind -- everything is one; a number always is.
    private static Option<CliError> UnknownOption(ParseResult parsed) =>
        parsed
            .Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)
            .Where(static token => token.Type == TokenType.Argument)
            .Select(static token => token.Value)
            .Where(static word => word is ['-', not (>= '0' and <= '9'), ..])
            .Select(word =>
                CliError.Usage(
                    $"There is no option {Quote.Of(word)} here: {Advice(parsed.CommandResult.Command, word)}"
                )
            )
            .HeadOrNone();

    private static string Advice(Command command, string word) =>
        HasOption(command, word.Split('=')[0]) ? $"put it behind '{command.Name}'."
        : command.Subcommands.Count == 0
        && command.Arguments.FirstOrDefault() is { CompletionSources.Count: 0 } argument
            ? $"put -- before a {argument.Name} that begins so."
        : "leave it out.";

    private static bool HasOption(Command command, string name) =>
        command.Options.Any(option => HelpText.NamesOf(option).Contains(name, StringComparer.Ordinal));

    // The parser would let a command be asked as if nothing stood before it, and so ask another server.
    private static Option<CliError> OrphanedWords(ParseResult parsed) =>
        Ancestors(parsed.CommandResult)
            .SelectMany(static command => command.Children)
            .SelectMany(given =>
                given switch
                {
                    ArgumentResult { Tokens: [var word, ..] } =>
                    [
                        (word.Value, "leave it out, or give a server as --target HOST:PORT."),
                    ],
                    OptionResult { Implicit: false } option when !IsAcceptedByCommand(parsed, option) =>
                    [
                        (option.Option.Name, "leave it out."),
                    ],
                    _ => Enumerable.Empty<(string Word, string Advice)>(),
                }
            )
            .Select(given =>
                CliError.Usage(
                    $"{Quote.Of(given.Word)} stands before the command {Quote.Of(parsed.CommandResult.Command.Name)}, where it has no meaning: {given.Advice}"
                )
            )
            .HeadOrNone();

    // An option that has a meaning behind the command has it before it, too.
    private static bool IsAcceptedByCommand(ParseResult parsed, OptionResult option) =>
        option.Option.Recursive || HasOption(parsed.CommandResult.Command, option.Option.Name);

    private static IEnumerable<CommandResult> Ancestors(CommandResult command) =>
        command.Parent is CommandResult parent ? Ancestors(parent).Append(parent) : [];

    private static Option<CliError> MissingArgument(ParseResult parsed) =>
        parsed
            .Errors.Select(static error => error.SymbolResult)
            .OfType<ArgumentResult>()
            .Where(static result => result is { Tokens.Count: 0, Parent: CommandResult })
            .Select(static result => CliError.Usage($"The {result.Argument.Name} is missing: give one."))
            .HeadOrNone();

    private static Option<CliError> OtherError(ParseResult parsed) =>
        parsed.UnmatchedTokens is [var word, ..]
            ? CliError.Usage($"The word {Quote.Of(word)} is one too many.")
        : parsed.Errors is [var error, ..] ? CliError.Usage(error.Message)
        : Option<CliError>.None;
}
