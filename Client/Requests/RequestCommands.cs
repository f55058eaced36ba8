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

/// <summary>The command lines that ask and print the reply: <c>time</c>, <c>echo</c>, <c>help</c>, <c>raw</c>.</summary>
/// <param name="connectionOptions">The options that say whom to call.</param>
/// <param name="environment">The program's surroundings.</param>
internal sealed class RequestCommands(ConnectionOptions connectionOptions, CliEnvironment environment)
{
    private readonly SwitchOption jsonOption = new("--json")
    {
        Description = "Print a JSON object instead, in the form of docs/schemas/answer.schema.json.",
    };

    private readonly SwitchOption verboseOption = new("--verbose", "-v")
    {
        Description = "Print the whole conversation instead.",
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    private readonly Argument<string[]> textArgument = new("text")
    {
        Description =
            "The text; words are put together by spaces. Without it, each line of the input is one; blank lines are skipped.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Argument<string> lineArgument = new("line")
    {
        Description = "The line to send, request or not, as one word: in quotes where it has spaces.",
    };

    /// <summary>Puts them on the program.</summary>
    internal void AddTo(Command program)
    {
        // QUIT alone has no use on a command line: every command ends with it.
        foreach (var row in CommandTable.Rows.Where(static row => row.Kind != CommandKind.Quit))
        {
            AddRequest(program, row);
        }

        AddCommand(
            program,
            new NoSignalCommand("raw", "Sends any line, and prints the reply.") { lineArgument },
            ReadRawRequest
        );
    }

    private void AddRequest(Command program, CommandSpec row)
    {
        switch (row.Argument)
        {
            case ArgumentRule.Ignored:
                AddCommand(program, CreateCommand(row), _ => Single(row.Verb));
                break;
            case ArgumentRule.Required:
                AddCommand(program, CreateCommand(row, textArgument), ReadEchoRequests);
                break;
        }
    }

    private static NoSignalCommand CreateCommand(CommandSpec spec, params Argument[] arguments)
    {
        var command = new NoSignalCommand(
            spec.Verb.ToLowerInvariant(),
            $"Asks for {spec.Verb}: {spec.Summary}"
        );
        Array.ForEach(arguments, command.Arguments.Add);
        return command;
    }

    private static IEnumerable<Either<CliError, string>> Single(Either<CliError, string> request) =>
        [request];

    private void AddCommand(
        Command program,
        NoSignalCommand command,
        Func<ParseResult, IEnumerable<Either<CliError, string>>> requests
    )
    {
        command.Options.Add(verboseOption);
        command.Options.Add(jsonOption);
        command.Options.Add(rawOption);
        connectionOptions.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                connectionOptions
                    .Read(parsed)
                    .Bind(call => ReadFormat(parsed).Map(style => CreateRunner(call, style)))
                    .Match(
                        Left: complaint => Task.FromResult(complaint.WriteTo(environment.Error)),
                        Right: asker => asker.RunAsync(requests(parsed))
                    )
        );
        program.Subcommands.Add(command);
    }

    private RequestRunner CreateRunner(ConnectionSettings settings, OutputFormat format) =>
        new(settings, format, environment, CancellationToken.None);

    private Either<CliError, OutputFormat> ReadFormat(ParseResult parsed) =>
        (parsed.GetValue(jsonOption), parsed.GetValue(verboseOption)) switch
        {
            (true, true) => CliError.Usage("There can be one form of output: give --json or --verbose."),
            (true, false) => OutputFormat.Json,
            (false, true) => OutputFormat.Transcript,
            _ => ReadReplyFormat(parsed),
        };

    private OutputFormat ReadReplyFormat(ParseResult parsed) =>
        parsed.GetValue(rawOption) || !environment.Terminal().HasOutput
            ? OutputFormat.Raw
            : OutputFormat.Escaped;

    private IEnumerable<Either<CliError, string>> ReadEchoRequests(ParseResult parsed) =>
        parsed.GetValue(textArgument) is { Length: > 0 } words
            ? Single(ParseArgument("text", string.Join(' ', words)).Map(RenderEcho))
            : InputLines
                .ReadRequests(environment.StandardInput)
                .Select(static read => read.Bind(static given => ParseLine("text", given)).Map(RenderEcho));

    private static string RenderEcho(LineText text) => Protocol.Render(Core.Commands.Command.Echo(text));

    // .NET puts a character of its own in the place of what is not UTF-8.
    private static Either<CliError, LineText> ParseArgument(string name, string text) =>
        text.EnumerateRunes().Contains(Rune.ReplacementChar)
            ? CliError.Usage(
                $"The {name} has U+FFFD, or bytes that are not UTF-8: convert it, or send it as it is by 'send'."
            )
            : ParseLine(name, text);

    private static Either<CliError, LineText> ParseLine(string name, string text) =>
        LineText
            .From(text)
            .ToEither(CliError.Usage($"The {name} is blank, or not one line of whole characters: give one."));

    private IEnumerable<Either<CliError, string>> ReadRawRequest(ParseResult parsed) =>
        parsed.GetValue(lineArgument) is { } given
            ? Single(ParseArgument("line", given).Map(_ => given))
            : Enumerable.Empty<Either<CliError, string>>();
}
