using System.CommandLine;
using System.CommandLine.Completions;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>
/// Finds the words that may stand at the cursor. System.CommandLine's own completion is not used: it has no descriptions,
/// also matches inside words, and throws on --option=value.
/// </summary>
internal static class Completer
{
    /// <summary>Stands for the names of files.</summary>
    internal const string Files = "/";

    /// <summary>Completes the last word.</summary>
    /// <param name="program">The model of the command line.</param>
    /// <param name="words">The words after the program's name up to the cursor; the last may be empty.</param>
    internal static IEnumerable<(string Word, string Description)> Complete(Command program, string[] words)
    {
        var command = program;
        var option = default(Option);
        var isLiteral = false;
        foreach (var word in words.SkipLast(1))
        {
            if (option is not null)
            {
                // bash splits --option=value at the =.
                option = word == "=" ? option : null;
            }
            else if (word == "--")
            {
                isLiteral = true;
            }
            else if (!isLiteral)
            {
                option = HelpText
                    .OptionsOf(command)
                    .FirstOrDefault(known =>
                        TakesValue(known) && HelpText.NamesOf(known).Contains(word, StringComparer.Ordinal)
                    );
                command =
                    command.Subcommands.FirstOrDefault(known =>
                        known.Name.Equals(word, StringComparison.OrdinalIgnoreCase)
                    ) ?? command;
            }
        }

        var current = words.LastOrDefault("");
        return option is null
            ? Candidates(program, command, current, isLiteral)
                .Where(candidate => Matches(candidate.Word, current))
            : Choices(option).Where(choice => Matches(choice.Word, current.TrimStart('=')));
    }

    private static IEnumerable<(string Word, string Description)> Candidates(
        Command program,
        Command command,
        string current,
        bool isLiteral
    )
    {
        if (!isLiteral && current.Split('=') is [['-', '-', ..] name, _])
        {
            return HelpText
                .OptionsOf(command)
                .Where(option => option.Name == name)
                .SelectMany(Choices)
                .Select(choice => ($"{name}={choice.Word}", choice.Description));
        }

        var options = HelpText
            .OptionsOf(command)
            .SelectMany(static option =>
                HelpText.NamesOf(option).Select(name => (name, HelpText.Summary(option)))
            );
        if (!isLiteral && current.StartsWith('-'))
        {
            return options;
        }

        // Where a text or a file may stand, options are not offered: the shell would insert the dash that they share.
        var values = command.Arguments.SelectMany(static argument =>
            argument is FileArgument or FilesArgument ? [(Files, "")] : Choices(argument)
        );
        var commands =
            command.Name == ArgumentNormalizer.HelpCommand ? HelpTopics(program) : Commands(command);
        var offersOptions =
            !commands.Any() && command.Arguments.All(static argument => argument is TargetArgument);
        return isLiteral ? values : [.. values, .. commands, .. offersOptions ? options : []];
    }

    private static IEnumerable<(string Word, string Description)> Commands(Command command) =>
        Describe(command.Subcommands.Where(static known => !known.Hidden));

    // Help has a page for the hidden command, too.
    private static IEnumerable<(string Word, string Description)> HelpTopics(Command program) =>
        Describe(program.Subcommands);

    private static IEnumerable<(string Word, string Description)> Describe(IEnumerable<Command> commands) =>
        commands.Select(static command => (command.Name, HelpText.Summary(command)));

    private static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0;

    private static bool Matches(string word, string current) =>
        word == Files || word.StartsWith(current, StringComparison.Ordinal);

    private static IEnumerable<(string Word, string Description)> Choices(Symbol symbol) =>
        symbol.GetCompletions(CompletionContext.Empty).Select(static item => (item.Label, ""));
}
