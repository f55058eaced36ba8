using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;

namespace TinyTcp.Cli.Send;

/// <summary>The command <c>send</c>: requests from a file or the input, replies to the output.</summary>
/// <param name="connectionOptions">The options of the connection.</param>
/// <param name="environment">The input and the outputs.</param>
internal sealed class SendCommand(ConnectionOptions connectionOptions, CliEnvironment environment)
{
    private const string StandardInput = "-";

    private readonly FileArgument fileArgument = new("file")
    {
        Description = $"A file with one request per line; {StandardInput} is the input.",
        DefaultValueFactory = static _ => StandardInput,
    };

    private readonly SwitchOption rawOption = SwitchOption.Raw();

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command("send", "Send requests without waiting for replies, and print the replies.")
        {
            fileArgument,
            rawOption,
        };
        connectionOptions.AddWithTargetTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                CreateSender(parsed).RunAsync(sender => sender.RunAsync(cancellationToken), environment)
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, Sender> CreateSender(ParseResult parsed) =>
        from settings in connectionOptions.Read(parsed)
        from requests in OpenRequests(parsed.GetValue(fileArgument) ?? StandardInput)
        select new Sender(
            settings,
            requests,
            environment.Terminal().HasOutput && !parsed.GetValue(rawOption),
            environment
        );

    private Either<CliError, Stream> OpenRequests(string path)
    {
        try
        {
            return path switch
            {
                StandardInput => environment.StandardInput,
                "" => CliError.Usage($"The file is ''. Give a path, or {StandardInput} for the input."),
                _ => OpenFile(path),
            };
        }
        catch (Exception unread) when (CliError.IsFileSystemError(unread))
        {
            return CliError.InputError(unread);
        }
    }

    private static InputStream OpenFile(string path)
    {
        var opened = File.OpenRead(path);
        return new InputStream(() => opened);
    }
}
