using System.CommandLine;
using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Requests;

/// <summary>The commands <c>time</c>, <c>echo</c>, <c>help</c> and <c>raw</c>: each sends requests and prints the replies.</summary>
/// <param name="connectionOptions">The options of the connection.</param>
/// <param name="jsonOption">The option <c>--json</c>.</param>
/// <param name="environment">The input and the outputs.</param>
internal sealed class RequestCommands(
    ConnectionOptions connectionOptions,
    SwitchOption jsonOption,
    CliEnvironment environment
)
{
    private readonly SwitchOption verboseOption = new("--verbose", "-v")
    {
        Description = "Print the whole conversation.",
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    private readonly Argument<string[]> textArgument = new("text")
    {
        Description =
            "The text; words are joined by spaces. Without it, each line of the input that is not blank is a text.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Argument<string> lineArgument = new("line")
    {
        Description = "The line as one word: quote it if it contains spaces.",
    };

    /// <summary>Adds the commands to the program.</summary>
    internal void AddTo(Command program)
    {
        // QUIT is left out: every command ends with it.
        foreach (var spec in CommandTable.Rows.Where(static row => row.Kind != CommandKind.Quit))
        {
            var command = new NoSignalCommand(
                spec.Verb.ToLowerInvariant(),
                $"Send {spec.Verb} for {char.ToLowerInvariant(spec.Summary[0])}{spec.Summary[1..]}"
            );
            switch (spec.Argument)
            {
                case ArgumentRule.Ignored:
                    connectionOptions.AddWithTargetTo(command);
                    AddCommand(program, command, _ => [spec.Verb]);
                    break;
                case ArgumentRule.Required:
                    command.Arguments.Add(textArgument);
                    connectionOptions.AddTo(command);
                    AddCommand(program, command, ReadEchoRequests);
                    break;
            }
        }

        var raw = new NoSignalCommand("raw", "Send any line, valid or not.") { lineArgument };
        connectionOptions.AddTo(raw);
        AddCommand(program, raw, ReadRawRequest);
    }

    private void AddCommand(
        Command program,
        NoSignalCommand command,
        Func<ParseResult, IEnumerable<Either<CliError, string>>> readRequests
    )
    {
        command.Options.Add(verboseOption);
        command.Options.Add(jsonOption);
        command.Options.Add(rawOption);
        command.SetAction(
            (parsed, cancellationToken) =>
                connectionOptions
                    .Read(parsed)
                    .Bind(settings =>
                        ReadFormat(parsed)
                            .Map(format => new RequestRunner(
                                settings,
                                format,
                                environment,
                                cancellationToken
                            ))
                    )
                    .RunAsync(runner => runner.RunAsync(readRequests(parsed)), environment)
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, OutputFormat> ReadFormat(ParseResult parsed) =>
        (parsed.GetValue(jsonOption), parsed.GetValue(verboseOption)) switch
        {
            (true, true) => CliError.Usage("--json excludes --verbose. Remove one of them."),
            (true, false) => OutputFormat.Json,
            (false, true) => OutputFormat.Transcript,
            _ => parsed.GetValue(rawOption) || !environment.Terminal().HasOutput
                ? OutputFormat.Raw
                : OutputFormat.Escaped,
        };

    private IEnumerable<Either<CliError, string>> ReadEchoRequests(ParseResult parsed)
    {
        var texts = parsed.GetValue(textArgument) is { Length: > 0 } words
            ? [CheckUtf8("text", string.Join(' ', words))]
            : InputLines.ReadRequests(environment.StandardInput);
        return texts.Select(static text =>
            text.Bind(static value => CheckLine("text", value))
                .Map(static line => Protocol.Render(Core.Commands.Command.Echo(line)))
        );
    }

    private IEnumerable<Either<CliError, string>> ReadRawRequest(ParseResult parsed)
    {
        var line = CheckUtf8("line", parsed.GetValue(lineArgument) ?? "");
        return [line.Bind(static value => CheckLine("line", value).Map(_ => value))];
    }

    // .NET replaces bytes of an argument that are not UTF-8.
    private static Either<CliError, string> CheckUtf8(string name, string text) =>
        text.EnumerateRunes().Contains(Rune.ReplacementChar)
            ? CliError.Usage(
                $"The {name} contains U+FFFD, or bytes that are not UTF-8. Convert it, or use 'send', which sends any bytes."
            )
            : text;

    private static Either<CliError, LineText> CheckLine(string name, string text) =>
        LineText
            .From(text)
            .ToEither(CliError.Usage($"The {name} is blank, or not one line of UTF-8. Give one line."));
}
