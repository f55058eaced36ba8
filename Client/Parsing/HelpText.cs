using System.CommandLine;
using System.CommandLine.Help;
using System.Globalization;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Parsing;

/// <summary><c>--help</c>: the page of System.CommandLine, or the table of exit codes.</summary>
internal static class HelpText
{
    private const int MinWidth = 40;
    private const int MinWidthForColumns = 70;
    private const int UnwrappedWidth = 10_000;
    private const string NarrowIndent = "    ";

    /// <summary>The name of the option.</summary>
    internal const string OptionName = "--help";

    /// <summary>The name of the page with the exit codes.</summary>
    internal const string ExitCodesTopic = "exit-codes";

    /// <summary>Creates the option.</summary>
    internal static SwitchOption CreateOption(CliEnvironment environment) =>
        new(OptionName, "-h")
        {
            Description = "Print help for the program or a command.",
            Action = new PrintAction(environment.Output, command => Render(command, environment.Terminal())),
            Recursive = true,
        };

    /// <summary>Renders the page of a command for a terminal's width.</summary>
    internal static string Render(Command command, Terminal terminal)
    {
        var width = WidthOf(terminal);
        var page =
            command.Name == ExitCodesTopic ? ExitCodeLines(width)
            : width < MinWidthForColumns
                ? LibraryPage(command, UnwrappedWidth).SelectMany(line => WrapRow(line, width))
            : LibraryPage(command, width);
        var pointer =
            command.Name == ExitCodesTopic
                ? ""
                : $"\nExit codes: see {CliEnvironment.ProgramName} {ArgumentNormalizer.HelpCommand} {ExitCodesTopic}.\n";

        // A default may come from the environment.
        return string.Concat(
            page.Select(static line => $"{DisplayWidth.SanitizeTyped(line.TrimEnd())}\n").Append(pointer)
        );
    }

    /// <summary>The columns of a text for people on a terminal, or in a file.</summary>
    internal static int WidthOf(Terminal terminal) =>
        terminal.HasOutput
            ? Math.Clamp(terminal.Width, MinWidth, Terminal.DefaultWidth)
            : Terminal.DefaultWidth;

    /// <summary>The options of a command and the recursive ones of its parents.</summary>
    internal static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(
            command.Parents.OfType<Command>().SelectMany(OptionsOf).Where(static option => option.Recursive)
        );

    /// <summary>The first line of a description, for lists.</summary>
    internal static string Summary(Symbol symbol) => (symbol.Description ?? "").Split('\n')[0];

    /// <summary>The name and the aliases of an option.</summary>
    internal static IEnumerable<string> NamesOf(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>The words that call a command, starting with the program's name.</summary>
    internal static string PathOf(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Select(PathOf).Append(command.Name));

    private static string[] LibraryPage(Command command, int width)
    {
        // The list of commands would print all lines of each description.
        foreach (var subcommand in command.Subcommands)
        {
            subcommand.Description = Summary(subcommand);
        }

        using var page = new StringWriter { NewLine = "\n" };
        var parsed = command.Parse([]);
        parsed.InvocationConfiguration.Output = page;
        new HelpAction { MaxWidth = width }.Invoke(parsed);
        return page.ToString().TrimEnd().Split('\n');
    }

    /// <summary>Puts the second column of a row below the first: the library would cut words to keep them side by side.</summary>
    private static IEnumerable<string> WrapRow(string row, int width)
    {
        var indent = row[..^row.TrimStart().Length];
        string[] columns = row.Trim().Split("  ", 2, StringSplitOptions.TrimEntries);
        return WordWrap
            .Wrap(indent, indent, columns[0], width)
            .Concat(
                columns
                    .Skip(1)
                    .SelectMany(description => WordWrap.Wrap(NarrowIndent, NarrowIndent, description, width))
            );
    }

    private static IEnumerable<string> ExitCodeLines(int width)
    {
        var codeColumn = ExitCodes.Rows.Max(static row => row.Name.Length) + 9;
        var indent = width < MinWidthForColumns ? NarrowIndent.Length : codeColumn;
        return ExitCodes
            .Rows.SelectMany(row =>
                WordWrap.Wrap(
                    Signature(row).PadRight(indent),
                    new string(' ', indent),
                    row.Description,
                    width
                )
            )
            .Prepend("Exit codes:");
    }

    private static string Signature(ExitCode row) =>
        string.Create(CultureInfo.InvariantCulture, $"  {row.Code, -3}  {row.Name}  ");
}
