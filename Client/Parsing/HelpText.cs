using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Parsing;

/// <summary>What --help prints: the command line's own symbols, and the table of exit codes.</summary>
internal static class HelpText
{
    // Where sentences begin; and where they go on in a terminal that has no room for them beside their subjects.
    private const int DescriptionColumn = 28;
    private const int NarrowDescriptionColumn = 6;
    private const int MinWidthForColumns = 60;
    private const int MinWidth = 40;

    /// <summary>The option that asks for it.</summary>
    internal static SwitchOption CreateOption(CliEnvironment environment) =>
        new("--help", "-h")
        {
            Description = "Print this help, or a command's.",
            Action = new PrintHelpAction(environment),
            Recursive = true,
        };

    /// <summary>Writes it.</summary>
    internal static void Write(Command command, CliEnvironment environment)
    {
        foreach (var line in Lines(command, WidthOf(environment.Terminal())))
        {
            environment.Output.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>A command's own options, and then those that it has from above.</summary>
    internal static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(
            command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(static option => option.Recursive)
        );

    /// <summary>What a command does, for a list: the first line of its description, the others being for its own page.</summary>
    internal static string Summary(Command command) => (command.Description ?? "").Split('\n')[0];

    /// <summary>The names of an option.</summary>
    internal static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>The words that a command is called by, the program's name first.</summary>
    internal static string PathOf(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Select(PathOf).Append(command.Name));

    private static int WidthOf(Terminal terminal) =>
        terminal.HasOutput
            ? Math.Clamp(terminal.Width, MinWidth, Terminal.DefaultWidth)
            : Terminal.DefaultWidth;

    private static IEnumerable<string> Lines(Command command, int width) =>
        (command.Description ?? "")
            .Split('\n')
            .SelectMany(line => WordWrap.Wrap("", "", line, width))
            .Concat(
                WithTitle(
                    "Usage",
                    UsageLines(command).SelectMany(usage => WordWrap.Wrap("  ", "    ", usage, width))
                )
            )
            .Concat(
                Section(
                    "Commands",
                    command.Subcommands.Select(static one => (Signature(one), Summary(one))),
                    width
                )
            )
            .Concat(
                Section(
                    "Arguments",
                    command.Arguments.Select(static one => ($"<{one.Name}>", one.Description ?? "")),
                    width
                )
            )
            .Concat(
                Section(
                    "Options",
                    OptionsOf(command).Select(static one => (Signature(one), one.Description ?? "")),
                    width
                )
            )
            .Concat(ExitCodeLines(command, width));

    // Once for all: they stand for the same whatever the command.
    private static IEnumerable<string> ExitCodeLines(Command command, int width) =>
        command.Parents.Any()
            ? ["", $"Exit codes: see {CliEnvironment.ProgramName} --help."]
            : Section(
                "Exit codes",
                ExitCodes.Rows.Select(static row => (Signature(row), row.Description)),
                width
            );

    private static IEnumerable<string> UsageLines(Command command)
    {
        // Where there are commands as well, none of the words can be left out.
        var words =
            command.Subcommands.Count > 0
                ? string.Concat(command.Arguments.Select(static one => $" <{one.Name}>"))
                : Arguments(command);
        yield return $"{PathOf(command)}{words} [options]";
        if (command.Subcommands.Count > 0)
        {
            yield return $"{PathOf(command)} <command> [options]";
        }
    }

    /// <summary>A command's arguments; those that may be left out, but not one without the other, in one bracket.</summary>
    private static string Arguments(Command command) =>
        command.Arguments.Count > 1
        && command.Arguments.All(static one => one.Arity.MinimumNumberOfValues == 0)
            ? $" [{string.Join(' ', command.Arguments.Select(static one => $"<{one.Name}>"))}]"
            : string.Concat(command.Arguments.Select(Argument));

    private static string Argument(Argument argument) =>
        (argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues) switch
        {
            (0, 1) => $" [<{argument.Name}>]",
            (0, _) => $" [<{argument.Name}>...]",
            _ => $" <{argument.Name}>",
        };

    private static string Signature(Command command) => $"{command.Name}{Arguments(command)}";

    private static string Signature(Option option) =>
        string.Join(", ", NamesOf(option)) + (option.HelpName is { } value ? $" <{value}>" : "");

    private static string Signature(ExitCode row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Code, 3}  {row.Name}");

    private static IEnumerable<string> Section(
        string title,
        IEnumerable<(string Left, string Right)> rows,
        int width
    ) => WithTitle(title, rows.SelectMany(row => Lines($"  {row.Left}", row.Right, width)));

    private static IEnumerable<string> WithTitle(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? all : all.Prepend($"{title}:").Prepend("");
    }

    private static IEnumerable<string> Lines(string left, string right, int width)
    {
        var column = width < MinWidthForColumns ? NarrowDescriptionColumn : DescriptionColumn;
        return WordWrap.Wrap($"{left}  ".PadRight(column), new string(' ', column), right, width);
    }

    private sealed class PrintHelpAction(CliEnvironment environment) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            Write(parseResult.CommandResult.Command, environment);
            return ExitCodes.Success.Code;
        }
    }
}
