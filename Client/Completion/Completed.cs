using System.CommandLine;
using System.CommandLine.Completions;

namespace TinyTcp.Cli.Completion;

/// <summary>A command as completion sees it: what may come behind its name.</summary>
/// <param name="Path">The words that lead to it, without the program's name: empty for the program itself.</param>
/// <param name="Command">The command.</param>
internal sealed record Completed(string Path, Command Command)
{
    /// <summary>The program, and all commands below it.</summary>
    internal static IEnumerable<Completed> All(Command program) => new Completed("", program).AndBelow();

    /// <summary>The commands right below.</summary>
    internal IEnumerable<Completed> Below =>
        Command.Subcommands.Select(one => new Completed($"{Path} {one.Name}".Trim(), one));

    /// <summary>The words that may come next, options apart.</summary>
    internal IEnumerable<(string Name, string? Description)> Words =>
        Command
            .Subcommands.Select(static one => (one.Name, one.Description))
            .Concat(Command.Arguments.SelectMany(ValuesOf).Select(static value => (value, (string?)null)));

    /// <summary>The options.</summary>
    internal IEnumerable<Option> Options => HelpText.Options(Command);

    /// <summary>Whether the name of a file may come next.</summary>
    internal bool TakesFile => Command.Arguments.Any(static one => one.Name == "file");

    /// <summary>All options that take a value, of all commands: those of one name take the same.</summary>
    internal static IEnumerable<ValueTaking> Values(Command program) =>
        All(program)
            .SelectMany(static one => one.Options)
            .Where(static option => option.HelpName is not null)
            .DistinctBy(static option => option.Name, StringComparer.Ordinal)
            .Select(static option => new ValueTaking(option, [.. ValuesOf(option)]));

    /// <summary>For bash and zsh, the arms of a case of the path so far and a word: each enters a command below.</summary>
    internal static IEnumerable<string> Entries(Command program) =>
        All(program)
            .SelectMany(static from =>
                from.Below.Select(to => $"      '{from.Path}/{to.Command.Name}') command='{to.Path}' ;;")
            );

    /// <summary>Lines of a script, put together.</summary>
    internal static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    /// <summary>An option's names.</summary>
    internal static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>In single quotes, as all shells take it.</summary>
    internal static string Quoted(string? words) =>
        $"'{(words ?? "").Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static IEnumerable<string> ValuesOf(Symbol symbol) =>
        symbol is Flag ? [] : symbol.GetCompletions(CompletionContext.Empty).Select(static one => one.Label);

    private IEnumerable<Completed> AndBelow() => Below.SelectMany(static one => one.AndBelow()).Prepend(this);
}

/// <summary>An option that takes a value.</summary>
/// <param name="Option">The option.</param>
/// <param name="Values">What there is to choose from; empty where that is anything.</param>
internal sealed record ValueTaking(Option Option, IReadOnlyList<string> Values)
{
    /// <summary>Whether it names a file.</summary>
    internal bool IsFile => Option.HelpName == "FILE";
}
