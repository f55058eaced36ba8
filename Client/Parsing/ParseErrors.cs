using System.CommandLine.Parsing;
using System.Net;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using Command = System.CommandLine.Command;
using ParseResult = System.CommandLine.ParseResult;

namespace TinyTcp.Cli.Parsing;

/// <summary>Errors of the command line, in one line each.</summary>
internal static class ParseErrors
{
    /// <summary>The first error; none if help or the version is printed.</summary>
    internal static Option<CliError> FirstOf(ParseResult parsed) =>
        parsed.Action is { ClearsParseErrors: true }
            ? default
            : BracketedHost(parsed)
                || UnknownCommand(parsed)
                || UnknownOption(parsed)
                || OrphanedWords(parsed)
                || MissingArgument(parsed)
                || OtherError(parsed);

    // The parser takes a first word in brackets for a directive; CommandLine removes the brackets of an IPv6 address.
    private static Option<CliError> BracketedHost(ParseResult parsed) =>
        parsed
            .Tokens.Where(static token => token.Type == TokenType.Directive)
            .SelectMany(static token => HostPort.From(token.Value, IPEndPoint.MaxPort).LeftAsEnumerable())
            .Select(CliError.From)
            .HeadOrNone();

    // The parser takes a mistyped command for the host, and the word after it for the port.
    private static Option<CliError> UnknownCommand(ParseResult parsed)
    {
        var commands = parsed
            .CommandResult.Command.Subcommands.Where(static command => !command.Hidden)
            .Select(static command => command.Name);
        return
            parsed
                .CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(static argument => argument.Tokens)
                .Select(static token => token.Value)
                .ToArray()
                is [var word, .. var others]
            && !others.Any(static other => other.All(char.IsAsciiDigit))
            ? Typos
                .FindSimilar(word, commands)
                .Map(name =>
                    CliError.Usage(
                        name == word
                            ? $"'{name}' after -- is not a command. Remove the --."
                            : $"Unknown command {Quote.Of(word)}. Did you mean '{name}'?"
                    )
                )
            : default;
    }

    // The parser takes an unknown option for an argument. After --, and in a negative number, a dash is part of an argument.
    private static Option<CliError> UnknownOption(ParseResult parsed) =>
        parsed
            .Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)
            .Where(static token => token.Type == TokenType.Argument)
            .Select(static token => token.Value)
            .Where(static word => word is ['-', not (>= '0' and <= '9'), ..])
            .Select(word => UnknownOption(parsed.CommandResult.Command, word))
            .HeadOrNone();

    private static CliError UnknownOption(Command command, string word)
    {
        var name = word.Split('=')[0];
        if (HasOption(command, name))
        {
            return CliError.Usage($"Option {Quote.Of(name)} must follow '{command.Name}'.");
        }

        var advice = Typos
            .FindSimilar(name, HelpText.OptionsOf(command).SelectMany(HelpText.NamesOf))
            .Match(
                Some: static similar => $"Did you mean '{similar}'?",
                None: () =>
                    command.Arguments.FirstOrDefault()
                        is { Hidden: false, CompletionSources.Count: 0 } argument
                        ? $"To pass it as <{argument.Name}>, put -- before it."
                        : "Remove it."
            );
        return CliError.Usage($"Unknown option {Quote.Of(word)}. {advice}");
    }

    private static bool HasOption(Command command, string name) =>
        command.Options.Any(option => HelpText.NamesOf(option).Contains(name, StringComparer.Ordinal));

    // The parser ignores a host before a command, so that the request would go to another server.
    private static Option<CliError> OrphanedWords(ParseResult parsed) =>
        Ancestors(parsed.CommandResult)
            .SelectMany(static command => command.Children)
            .SelectMany(child =>
                child switch
                {
                    ArgumentResult { Tokens: [var word, ..] } =>
                    [
                        (word.Value, "Remove it, or name a server by --target HOST:PORT."),
                    ],
                    OptionResult { Implicit: false } option when !AcceptsOption(parsed, option) =>
                    [
                        (option.Option.Name, "Remove it."),
                    ],
                    _ => Enumerable.Empty<(string Word, string Advice)>(),
                }
            )
            .Select(orphan =>
                CliError.Usage(
                    $"{Quote.Of(orphan.Word)} has no effect before the command '{parsed.CommandResult.Command.Name}'. {orphan.Advice}"
                )
            )
            .HeadOrNone();

    private static bool AcceptsOption(ParseResult parsed, OptionResult option) =>
        option.Option.Recursive || HasOption(parsed.CommandResult.Command, option.Option.Name);

    private static IEnumerable<CommandResult> Ancestors(CommandResult command) =>
        command.Parent is CommandResult parent ? Ancestors(parent).Append(parent) : [];

    private static Option<CliError> MissingArgument(ParseResult parsed) =>
        parsed
            .Errors.Select(static error => error.SymbolResult)
            .OfType<ArgumentResult>()
            .Where(static result => result is { Tokens.Count: 0, Parent: CommandResult })
            .Select(static result => CliError.Usage($"The argument <{result.Argument.Name}> is missing."))
            .HeadOrNone();

    private static Option<CliError> OtherError(ParseResult parsed) =>
        parsed.UnmatchedTokens is [var word, ..]
            ? CliError.Usage($"Unexpected word {Quote.Of(word)}. Remove it.")
        : parsed.Errors is [var error, ..] ? CliError.Usage(ToSentence(error))
        : Option<CliError>.None;

    // The parser names neither the option nor the argument of a list of values, and does not escape what was given.
    private static string ToSentence(ParseError error) =>
        error.Message.Split("Must be one of:") is [_, .., var allowed]
            ? new ClientError.InvalidArgument(
                NameOf(error.SymbolResult),
                error.SymbolResult?.Tokens[^1].Value ?? "",
                string.Join(
                    ", ",
                    allowed.Split(
                        '\n',
                        StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
                    )
                )
            ).Message
            : $"{Sanitizer.Sanitize(error.Message.TrimEnd('.'))}.";

    private static string NameOf(SymbolResult? symbol) =>
        symbol switch
        {
            OptionResult option => option.Option.Name,
            ArgumentResult argument => $"<{argument.Argument.Name}>",
            _ => "argument",
        };
}
