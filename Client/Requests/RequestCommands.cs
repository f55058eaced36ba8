using System.CommandLine;
using System.Text;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Connections;
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
    private const string HelpNote =
        $"\n'{CliEnvironment.ProgramName} {ArgumentNormalizer.HelpCommand} COMMAND' prints the options of a command instead.";

    private readonly FormatOptions formatOptions = new(jsonOption);

    private readonly SwitchOption escapesOption = new("--escapes")
    {
        Description = @"In the line, \xNN is a byte and \\ a backslash.",
    };

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
                $"Send {spec.Verb} for {char.ToLowerInvariant(spec.Summary[0])}{spec.Summary[1..]}{(spec.Kind == CommandKind.Help ? HelpNote : "")}"
            );
            switch (spec.Argument)
            {
                case ArgumentRule.Ignored:
                    formatOptions.AddTo(command);
                    connectionOptions.AddWithTargetTo(command);
                    AddCommand(program, command, _ => [ByteString.From(Encoding.UTF8.GetBytes(spec.Verb))]);
                    break;
                case ArgumentRule.Required:
                    command.Arguments.Add(textArgument);
                    formatOptions.AddTo(command);
                    connectionOptions.AddTo(command);
                    AddCommand(program, command, ReadEchoRequests);
                    break;
            }
        }

        var raw = new NoSignalCommand("raw", "Send any line, valid or not.") { lineArgument, escapesOption };
        formatOptions.AddTo(raw);
        connectionOptions.AddTo(raw);
        AddCommand(program, raw, parsed => [ReadRawRequest(parsed)]);
    }

    private void AddCommand(
        Command program,
        NoSignalCommand command,
        Func<ParseResult, IEnumerable<Either<CliError, ByteString>>> readRequests
    )
    {
        connectionOptions.AddRecordTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                CreateRunner(parsed, cancellationToken)
                    .RunAsync(runner => runner.RunAsync(readRequests(parsed)), environment)
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, RequestRunner> CreateRunner(
        ParseResult parsed,
        CancellationToken cancellationToken
    ) =>
        from settings in connectionOptions.Read(parsed)
        from format in formatOptions.Read(parsed)
        select new RequestRunner(
            settings,
            format,
            formatOptions.IsEscaped(parsed, environment),
            environment,
            cancellationToken
        );

    private IEnumerable<Either<CliError, ByteString>> ReadEchoRequests(ParseResult parsed)
    {
        var texts = parsed.GetValue(textArgument) is { Length: > 0 } words
            ? [CheckUtf8("text", string.Join(' ', words))]
            : ReadInput();
        return texts.Select(static text =>
            text.Bind(static value => CheckLine("text", value))
                .Map(static line =>
                    ByteString.From(Encoding.UTF8.GetBytes(Protocol.Render(Core.Commands.Command.Echo(line))))
                )
        );
    }

    private IEnumerable<Either<CliError, string>> ReadInput()
    {
        InputHint.Write("texts", environment);
        return InputLines.ReadRequests(environment.StandardInput);
    }

    private Either<CliError, ByteString> ReadRawRequest(ParseResult parsed)
    {
        var line = CheckUtf8("line", parsed.GetValue(lineArgument) ?? "");
        return parsed.GetValue(escapesOption)
            ? line.Bind(Unescape)
            : line.Bind(static value =>
                CheckLine("line", value).Map(_ => ByteString.From(Encoding.UTF8.GetBytes(value)))
            );
    }

    private static Either<CliError, ByteString> Unescape(string line)
    {
        var bytes = Escape.FromPrintable(line);
        if (bytes.IsNone)
        {
            return CliError.Usage(
                @"The line has a backslash without a meaning. Write \xNN for a byte and \\ for a backslash."
            );
        }

        var request = ByteString.From(((ReadOnlyMemory<byte>)bytes).Span);
        return request.Span.Contains(Grammar.Lf)
            ? CliError.Usage(
                @"The line contains an LF (\x0A), so it is several lines. Send them with 'send'."
            )
            : RequestValidation
                .ValidateLine(request.Span, InputLines.MaxLength)
                .Match<Either<CliError, ByteString>>(
                    Some: static error => CliError.From(error),
                    None: () => request
                );
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
