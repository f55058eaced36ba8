using System.CommandLine;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>A command as a completion script sees it: the words that lead to it and those that may follow.</summary>
/// <param name="Command">The command.</param>
internal sealed record CommandNode(Command Command)
{
    /// <summary>The words that call the command, starting with the program's name.</summary>
    internal string Path { get; } = HelpText.PathOf(Command);

    /// <summary>The command's options.</summary>
    internal IEnumerable<Option> Options => HelpText.OptionsOf(Command);

    /// <summary>Whether an argument is a file.</summary>
    internal bool AcceptsFile =>
        Command.Arguments.Any(static argument => ValueKind.For(argument) == ValueKind.File);

    /// <summary>The subcommands and the values of arguments, with descriptions.</summary>
    internal IEnumerable<(string Name, string Description)> Candidates =>
        Command
            .Subcommands.Select(static command => (command.Name, HelpText.Summary(command)))
            .Concat(
                Command.Arguments.SelectMany(ValueKind.Choices).Select(static value => (Name: value, value))
            );

    /// <summary>The names of the options, with descriptions.</summary>
    internal IEnumerable<(string Name, string Description)> OptionNames =>
        Options.SelectMany(static option =>
            HelpText.NamesOf(option).Select(name => (name, option.Description ?? ""))
        );

    /// <summary>
    /// Whether options are offered for an empty word. If an argument may follow they are not: the shell would insert the
    /// dash that they share.
    /// </summary>
    internal bool SuggestsOptions => Command.Arguments.Count == 0;

    /// <summary>The nodes of a command and of all commands below it.</summary>
    internal static IEnumerable<CommandNode> SelfAndDescendants(Command program) =>
        program.Subcommands.SelectMany(SelfAndDescendants).Prepend(new CommandNode(program));

    /// <summary>The names of all options that have a value, grouped by the kind of the value.</summary>
    internal static IEnumerable<(string ValueKind, IEnumerable<string> Names)> OptionsByValue(
        Command program
    ) =>
        SelfAndDescendants(program)
            .SelectMany(static node => node.Options)
            .DistinctBy(static option => option.Name, StringComparer.Ordinal)
            .GroupBy(Completion.ValueKind.For, StringComparer.Ordinal)
            .Where(static group => group.Key != Completion.ValueKind.None)
            .Select(static group => (group.Key, group.SelectMany(HelpText.NamesOf)));
}
