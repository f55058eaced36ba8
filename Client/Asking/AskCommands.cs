using System.CommandLine;
using System.Text;
using LanguageExt;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Asking;

/// <summary>The command lines that ask and print the reply: <c>time</c>, <c>echo</c>, <c>help</c>, <c>raw</c>.</summary>
/// <param name="calls">The options that say whom to call.</param>
/// <param name="surroundings">The program's surroundings.</param>
internal sealed class AskCommands(CallOptions calls, Surroundings surroundings)
{
    private readonly Flag json = new("--json")
    {
        Description = "Print a JSON object instead, in the form of docs/schemas/answer.schema.json.",
    };

    private readonly Flag verbose = new("--verbose", "-v")
    {
        Description = "Print the whole conversation instead.",
    };

    private readonly Flag raw = WireOutput.RawOption();

    private readonly Argument<string[]> text = new("text")
    {
        Description =
            "The text; words are put together by spaces. Without it, each line of the input is one; blank lines are skipped.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Argument<string> line = new("line")
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

        Add(program, new ShortCommand("raw", "Sends any line, and prints the reply.") { line }, Line);
    }

    private void AddRequest(Command program, CommandSpec row)
    {
        switch (row.Argument)
        {
            case ArgumentRule.Ignored:
                Add(program, Of(row), _ => One(row.Verb));
                break;
            case ArgumentRule.Required:
                Add(program, Of(row, text), Echoes);
                break;
        }
    }

    private static ShortCommand Of(CommandSpec spec, params Argument[] arguments)
    {
        var command = new ShortCommand(spec.Verb.ToLowerInvariant(), $"Asks for {spec.Verb}: {spec.Summary}");
        Array.ForEach(arguments, command.Arguments.Add);
        return command;
    }

    private static IEnumerable<Either<Complaint, string>> One(Either<Complaint, string> request) => [request];

    private void Add(
        Command program,
        ShortCommand command,
        Func<ParseResult, IEnumerable<Either<Complaint, string>>> requests
    )
    {
        command.Options.Add(verbose);
        command.Options.Add(json);
        command.Options.Add(raw);
        calls.AddTo(command);
        command.SetAction(
            (parsed, _) =>
                calls
                    .Read(parsed)
                    .Bind(call => StyleOf(parsed).Map(style => AskerOf(call, style)))
                    .Match(
                        Left: complaint => Task.FromResult(complaint.Tell(surroundings.Error)),
                        Right: asker => asker.RunAsync(requests(parsed))
                    )
        );
        program.Subcommands.Add(command);
    }

    private Asker AskerOf(Call call, AnswerStyle style) =>
        new(call, style, surroundings, CancellationToken.None);

    private Either<Complaint, AnswerStyle> StyleOf(ParseResult parsed) =>
        (parsed.GetValue(json), parsed.GetValue(verbose)) switch
        {
            (true, true) => Complaint.Usage("There can be one form of output: give --json or --verbose."),
            (true, false) => AnswerStyle.Json,
            (false, true) => AnswerStyle.Conversation,
            _ => StyleOfReplies(parsed),
        };

    private AnswerStyle StyleOfReplies(ParseResult parsed) =>
        parsed.GetValue(raw) || !surroundings.Terminal().Output ? AnswerStyle.Bytes : AnswerStyle.Printable;

    private IEnumerable<Either<Complaint, string>> Echoes(ParseResult parsed) =>
        parsed.GetValue(text) is { Length: > 0 } words
            ? One(OneLine("text", string.Join(' ', words)).Map(Echo))
            : InputLines
                .Requests(surroundings.Input)
                .Select(static read => read.Bind(static given => ReadLine("text", given)).Map(Echo));

    private static string Echo(LineText text) => Protocol.Render(Core.Commands.Command.Echo(text));

    // .NET puts a character of its own in the place of what is not UTF-8.
    private static Either<Complaint, LineText> OneLine(string what, string given) =>
        given.EnumerateRunes().Contains(Rune.ReplacementChar)
            ? Complaint.Usage(
                $"The {what} has U+FFFD, or bytes that are not UTF-8: convert it, or send it as it is by 'send'."
            )
            : ReadLine(what, given);

    private static Either<Complaint, LineText> ReadLine(string what, string given) =>
        LineText
            .From(given)
            .ToEither(
                Complaint.Usage($"The {what} is blank, or not one line of whole characters: give one.")
            );

    private IEnumerable<Either<Complaint, string>> Line(ParseResult parsed) =>
        parsed.GetValue(line) is { } given
            ? One(OneLine("line", given).Map(_ => given))
            : Enumerable.Empty<Either<Complaint, string>>();
}
