using System.CommandLine;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Parsing;

/// <summary>What the program prints without arguments: a page that fits a terminal of 24 rows and 80 columns.</summary>
internal static class UsageText
{
    private const string Indent = "  ";
    private const string Program = CliEnvironment.ProgramName;

    /// <summary>Renders the page for a terminal's width.</summary>
    internal static string Render(Command program, Terminal terminal)
    {
        var width = HelpText.WidthOf(terminal);
        string[] lines =
        [
            .. Wrap("", HelpText.Summary(program)),
            "",
            .. Wrap("Usage: ", $"{Program} [TARGET] COMMAND [OPTIONS]"),
            .. Wrap("TARGET: ", TargetArgument.Forms),
            .. Wrap(
                Indent,
                $"[default: {ConnectionOptions.TargetVariable}, or {ConnectionOptions.DefaultTarget}]"
            ),
            "",
            "Commands:",
            .. Commands(program, width),
            "",
            .. Wrap(
                "",
                $"'{Program} {ArgumentNormalizer.HelpCommand} COMMAND' prints a command's options, '{Program} {HelpText.OptionName}' all."
            ),
        ];
        return string.Concat(lines.Select(static line => $"{line}\n"));

        IEnumerable<string> Wrap(string prefix, string text) => WordWrap.Wrap(prefix, Indent, text, width);
    }

    private static IEnumerable<string> Commands(Command program, int width)
    {
        var commands = program.Subcommands.Where(static command => !command.Hidden).ToArray();
        var column = commands.Max(static command => command.Name.Length) + (2 * Indent.Length);
        return commands.SelectMany(command =>
            WordWrap.Wrap(
                $"{Indent}{command.Name}".PadRight(column),
                new string(' ', column),
                HelpText.Summary(command),
                width
            )
        );
    }
}
