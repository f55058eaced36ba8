using System.CommandLine;
using LanguageExt;

namespace TinyTcp.Cli.Sending;

/// <summary>The command line <c>send</c>: requests from a file or the input, replies to the output.</summary>
/// <param name="calls">The options that say whom to call.</param>
/// <param name="surroundings">The program's surroundings.</param>
internal sealed class SendCommand(CallOptions calls, Surroundings surroundings)
{
    private readonly Argument<string> file = new("file")
    {
        Description = "The file of requests, a line each; without it, or as -, the input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Flag raw = WireOutput.RawOption();

    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "send",
            "Sends requests without waiting for replies, and prints the replies."
        )
        {
            file,
            raw,
        };
        calls.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        (
            from call in calls.Read(parsed)
            from requests in Open(Prelude.Optional(parsed.GetValue(file)))
            select new Sender(
                call,
                requests,
                surroundings.Terminal().Output && !parsed.GetValue(raw),
                surroundings
            )
        ).Match(
            Left: complaint => Task.FromResult(complaint.Tell(surroundings.Error)),
            Right: sender => sender.RunAsync(cancellationToken)
        );

    private Either<Complaint, Stream> Open(LanguageExt.Option<string> path)
    {
        try
        {
            return path.Filter(static written => written != "-")
                .Match(Some: OpenFile, None: () => surroundings.Input);
        }
        catch (Exception unread) when (Complaint.IsOfStreams(unread))
        {
            return Complaint.OfInput(unread);
        }
    }

    private static Either<Complaint, Stream> OpenFile(string path)
    {
        if (path.Length == 0)
        {
            return Complaint.Usage("The file is '': give a path, or - for the input.");
        }

        var opened = File.OpenRead(path);
        return new Input(() => opened);
    }
}
