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

    // The parser takes a mistyped command for a part of the server, as HELP does.
    private static Option<CliError> UnknownCommand(ParseResult parsed)
    {
        var program = parsed.RootCommandResult;
        var word =
            WordAfterTarget(program)
            || (
                parsed.CommandResult.Command.Name == ArgumentNormalizer.HelpCommand
                    ? WordAfterTarget(parsed.CommandResult)
                    : default
            );
        return word.Map(unknown => UnknownCommand(program.Command, unknown));
    }

    private static Option<string> WordAfterTarget(CommandResult command)
    {
        string[] words =
        [
            .. command
                .Children.OfType<ArgumentResult>()
                .SelectMany(static argument => argument.Tokens)
                .Select(static token => token.Value),
        ];
        return words.Skip(TargetArgument.CountIn(words)).HeadOrNone().Filter(static word => !IsOption(word));
    }

    private static CliError UnknownCommand(Command program, string word) =>
        CliError.Usage(
            Typos
                .FindSimilar(
                    word,
                    program
                        .Subcommands.Where(static known => !known.Hidden)
                        .Select(static known => known.Name)
                )
                .Match(
                    Some: name =>
                        name == word
                            ? $"'{name}' after -- is not a command. Remove the --."
                            : $"Unknown command {Quote.Of(word)}. Did you mean '{name}'?",
                    None: () =>
                        $"Unknown command {Quote.Of(word)}. Give a command, or a server: {TargetArgument.Forms}."
                )
        );

    // The parser takes an unknown option for an argument. After --, and in a negative number, a dash is part of an argument.
    private static Option<CliError> UnknownOption(ParseResult parsed) =>
        parsed
            .Tokens.TakeWhile(static token => token.Type != TokenType.DoubleDash)
            .Where(static token => token.Type == TokenType.Argument)
            .Select(static token => token.Value)
            .Where(IsOption)
            .Select(word => UnknownOption(parsed.CommandResult.Command, word))
            .HeadOrNone();

    private static bool IsOption(string word) => word is ['-', not (>= '0' and <= '9'), ..];

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
                        is not (TargetArgument or FileArgument or FilesArgument)
                            and { CompletionSources.Count: 0 } argument
                        ? $"To pass it as <{argument.Name}>, put -- before it."
                        : "Remove it."
            );
        return CliError.Usage($"Unknown option {Quote.Of(word)}. {advice}");
    }

    private static bool HasOption(Command command, string name) =>
        command.Options.Any(option => HelpText.NamesOf(option).Contains(name, StringComparer.Ordinal));

    // The parser ignores a server or an option before a command that has none.
    private static Option<CliError> OrphanedWords(ParseResult parsed) =>
        Ancestors(parsed.CommandResult)
            .SelectMany(static command => command.Children)
            .SelectMany(child =>
                child switch
                {
                    ArgumentResult { Tokens: [var word, ..] }
                        when !HasOption(parsed.CommandResult.Command, ConnectionOptions.TargetName) =>
                    [
                        word.Value,
                    ],
                    OptionResult { Implicit: false } option when !AcceptsOption(parsed, option) =>
                    [
                        option.Option.Name,
                    ],
                    _ => Enumerable.Empty<string>(),
                }
            )
            .Select(word =>
                CliError.Usage(
                    $"{Quote.Of(word)} has no effect before the command '{parsed.CommandResult.Command.Name}'. Remove it."
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
