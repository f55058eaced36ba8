using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;

namespace TinyTcp.Cli;

/// <summary>What --help prints: the command line's own symbols, and the table of exit codes.</summary>
internal static class HelpText
{
    private const int Column = 26;

    /// <summary>The option that asks for it.</summary>
    internal static Flag Option(TextWriter output) =>
        new("--help", "-h")
        {
            Description = "Print this help, or a command's.",
            Action = new Printed(output),
            Recursive = true,
        };

    /// <summary>Writes it.</summary>
    internal static void Write(Command command, TextWriter output)
    {
        foreach (var line in Breaking.Lines("", "", command.Description ?? "", Terminal.UsualWidth))
        {
            output.WriteLine(line);
        }

        Section(output, "Usage", Usages(command));
        Section(
            output,
            "Commands",
            command.Subcommands.Select(static one => (Signature(one), one.Description))
        );
        Section(
            output,
            "Arguments",
            command.Arguments.Select(static one => ($"<{one.Name}>", one.Description))
        );
        Section(output, "Options", Options(command).Select(static one => (Signature(one), one.Description)));
        if (!command.Parents.Any())
        {
            Section(
                output,
                "Exit codes",
                ExitCodes.Rows.Select(static row => (Signature(row), (string?)row.When))
            );
        }
        else
        {
            output.WriteLine();
            output.WriteLine($"Exit codes: see {CommandLine.Name} --help.");
        }
    }

    /// <summary>A command's own options, and then those that it has from above.</summary>
    internal static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(
            command.Parents.OfType<Command>().SelectMany(Options).Where(static option => option.Recursive)
        );

    private static IEnumerable<(string, string?)> Usages(Command command)
    {
        // Where there are commands as well, none of the words can be left out.
        var words =
            command.Subcommands.Count > 0
                ? string.Concat(command.Arguments.Select(static one => $" <{one.Name}>"))
                : Arguments(command);
        yield return ($"{PathOf(command)}{words} [options]", "");
        if (command.Subcommands.Count > 0)
        {
            yield return ($"{PathOf(command)} <command> [options]", "");
        }
    }

    private static string PathOf(Command command) =>
        string.Join(' ', command.Parents.OfType<Command>().Select(PathOf).Append(command.Name));

    private static string Arguments(Command command) => string.Concat(command.Arguments.Select(Argument));

    private static string Argument(Argument argument) =>
        (argument.Arity.MinimumNumberOfValues, argument.Arity.MaximumNumberOfValues) switch
        {
            (0, 1) => $" [<{argument.Name}>]",
            (0, _) => $" [<{argument.Name}>...]",
            _ => $" <{argument.Name}>",
        };

    private static string Signature(Command command) => $"{command.Name}{Arguments(command)}";

    private static string Signature(Option option) =>
        string.Join(", ", option.Aliases.Prepend(option.Name))
        + (option.HelpName is { } value ? $" <{value}>" : "");

    private static string Signature(ExitCode row) =>
        string.Create(CultureInfo.InvariantCulture, $"{row.Code, 3}  {row.Name}");

    private static void Section(
        TextWriter output,
        string title,
        IEnumerable<(string Left, string? Right)> rows
    )
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine($"{title}:");
        foreach (var (left, right) in all)
        {
            foreach (var line in Lines($"  {left}", right ?? ""))
            {
                output.WriteLine(line.TrimEnd());
            }
        }
    }

    private static IEnumerable<string> Lines(string left, string right) =>
        Breaking.Lines($"{left} ".PadRight(Column), new string(' ', Column), right, Terminal.UsualWidth);

    private sealed class Printed(TextWriter output) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            Write(parseResult.CommandResult.Command, output);
            return ExitCodes.Success.Code;
        }
    }
}
