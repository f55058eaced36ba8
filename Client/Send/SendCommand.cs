using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Send;

/// <summary>The command line <c>send</c>: requests from a file or the input, replies to the output.</summary>
/// <param name="connectionOptions">The options that say whom to call.</param>
/// <param name="environment">The program's surroundings.</param>
internal sealed class SendCommand(ConnectionOptions connectionOptions, CliEnvironment environment)
{
    private readonly Argument<string> fileArgument = new("file")
    {
        Description = "The file of requests, a line each; without it, or as -, the input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    /// <summary>Puts it on the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "send",
            "Sends requests without waiting for replies, and prints the replies."
        )
        {
            fileArgument,
            rawOption,
        };
        connectionOptions.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        (
            from call in connectionOptions.Read(parsed)
            from requests in OpenRequests(Prelude.Optional(parsed.GetValue(fileArgument)))
            select new Sender(
                call,
                requests,
                environment.Terminal().HasOutput && !parsed.GetValue(rawOption),
                environment
            )
        ).Match(
            Left: complaint => Task.FromResult(complaint.WriteTo(environment.Error)),
            Right: sender => sender.RunAsync(cancellationToken)
        );

    private Either<CliError, Stream> OpenRequests(LanguageExt.Option<string> path)
    {
        try
        {
            return path.Filter(static written => written != "-")
                .Match(Some: OpenFile, None: () => environment.StandardInput);
        }
        catch (Exception unread) when (CliError.IsFileSystemError(unread))
        {
            return CliError.InputError(unread);
        }
    }

    private static Either<CliError, Stream> OpenFile(string path)
    {
        if (path.Length == 0)
        {
            return CliError.Usage("The file is '': give a path, or - for the input.");
        }

        var opened = File.OpenRead(path);
        return new InputStream(() => opened);
    }
}
