using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Requests;

/// <summary>The options of a request's output.</summary>
/// <param name="jsonOption">The option <c>--json</c>.</param>
internal sealed class FormatOptions(SwitchOption jsonOption)
{
    private readonly SwitchOption verboseOption = new("--verbose", "-v")
    {
        Description = "Print the whole conversation.",
    };

    // The short name is that of nmcli's --get-values: -v and -q mean something else in the other commands.
    private readonly SwitchOption valueOption = new("--value", "-g")
    {
        Description = "Print only the value: the timestamp, the text or the list, and nothing for an error.",
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    /// <summary>Adds the options to a command.</summary>
    internal void AddTo(Command command)
    {
        command.Options.Add(verboseOption);
        command.Options.Add(valueOption);
        command.Options.Add(jsonOption);
        command.Options.Add(rawOption);
    }

    /// <summary>Reads the format, of which there may be one.</summary>
    internal Either<CliError, OutputFormat> Read(ParseResult parsed)
    {
        (SwitchOption Option, OutputFormat Format)[] given =
        [
            .. new[]
            {
                (jsonOption, OutputFormat.Json),
                (verboseOption, OutputFormat.Transcript),
                (valueOption, OutputFormat.Value),
            }.Where(row => parsed.GetValue(row.Item1)),
        ];
        return given switch
        {
            [] => OutputFormat.Line,
            [var only] => only.Format,
            [var first, var second, ..] => CliError.Usage(
                $"{first.Option.Name} excludes {second.Option.Name}. Remove one of them."
            ),
        };
    }

    /// <summary>Whether control characters in replies are escaped.</summary>
    internal bool IsEscaped(ParseResult parsed, CliEnvironment environment) =>
        !parsed.GetValue(rawOption) && environment.Terminal().HasOutput;
}
