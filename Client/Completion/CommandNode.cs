using System.CommandLine;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Completion;

/// <summary>A command as a script comes to it: by which words, and what may stand next.</summary>
/// <param name="Command">The command.</param>
internal sealed record CommandNode(Command Command)
{
    /// <summary>The words that lead here, the program's name first.</summary>
    internal string Path { get; } = HelpText.PathOf(Command);

    /// <summary>The options.</summary>
    internal IEnumerable<Option> Options => HelpText.OptionsOf(Command);

    /// <summary>Whether a file may stand here.</summary>
    internal bool AcceptsFile => Command.Arguments.Any(static one => ValueKind.For(one) == ValueKind.File);

    /// <summary>What may stand here, with what it is, files and options apart.</summary>
    internal IEnumerable<(string Name, string Description)> Candidates =>
        Command
            .Subcommands.Select(static one => (one.Name, HelpText.Summary(one)))
            .Concat(
                Command.Arguments.SelectMany(ValueKind.Choices).Select(static value => (Name: value, value))
            );

    /// <summary>The names of the options, with what these are for.</summary>
    internal IEnumerable<(string Name, string Description)> OptionNames =>
        Options.SelectMany(static option =>
            HelpText.NamesOf(option).Select(name => (name, option.Description ?? ""))
        );

    /// <summary>
    /// Whether options are offered before anything is typed. Not where an argument can stand: the dash that they share
    /// would be put before the text or the file that somebody means to type.
    /// </summary>
    internal bool SuggestsOptions => Command.Arguments.Count == 0;

    /// <summary>A program and all the commands below it.</summary>
    internal static IEnumerable<CommandNode> SelfAndDescendants(Command program) =>
        program.Subcommands.SelectMany(SelfAndDescendants).Prepend(new CommandNode(program));

    /// <summary>All options that have a value, by what that may be.</summary>
    internal static IEnumerable<(string Takes, IEnumerable<string> Names)> OptionsByValue(Command program) =>
        SelfAndDescendants(program)
            .SelectMany(static place => place.Options)
            .DistinctBy(static option => option.Name, StringComparer.Ordinal)
            .GroupBy(ValueKind.For, StringComparer.Ordinal)
            .Where(static group => group.Key != ValueKind.None)
            .Select(static group => (group.Key, group.SelectMany(HelpText.NamesOf)));
}
