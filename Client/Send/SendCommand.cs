using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Send;

/// <summary>The command <c>send</c>: requests from a file or the input, replies to the output.</summary>
/// <param name="connectionOptions">The options of the connection.</param>
/// <param name="jsonOption">The option <c>--json</c>.</param>
/// <param name="environment">The input and the outputs.</param>
internal sealed class SendCommand(
    ConnectionOptions connectionOptions,
    SwitchOption jsonOption,
    CliEnvironment environment
)
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
            jsonOption,
            rawOption,
        };
        connectionOptions.AddWithTargetTo(command);
        connectionOptions.AddRecordTo(command);
        command.SetAction(
            (parsed, cancellationToken) =>
                CreateSender(parsed).RunAsync(sender => sender.RunAsync(cancellationToken), environment)
        );
        program.Subcommands.Add(command);
    }

    private Either<CliError, Sender> CreateSender(ParseResult parsed)
    {
        var path = parsed.GetValue(fileArgument) ?? StandardInput;
        return from settings in connectionOptions.Read(parsed)
            from requests in OpenRequests(path)
            select new Sender(settings, path, () => requests, ReadOutput(parsed), environment);
    }

    private SendOutput ReadOutput(ParseResult parsed) =>
        parsed.GetValue(jsonOption) ? SendOutput.Json
        : environment.Terminal().HasOutput && !parsed.GetValue(rawOption) ? SendOutput.Escaped
        : SendOutput.Raw;

    private Either<CliError, Stream> OpenRequests(string path)
    {
        try
        {
            return path switch
            {
                StandardInput => OpenInput(),
                "" => CliError.Usage($"The file is ''. Give a path, or {StandardInput} for the input."),
                _ => File.OpenRead(path),
            };
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return new CliError(
                ExitCodes.IoFailed,
                ServerEndPoint.From(path).IsRight
                    ? $"Cannot read {Quote.Of(path)}: no such file. If it is the server, give it behind a file or '-': send - {path}"
                    : $"Cannot read {Quote.Of(path)}: no such file. Check the path."
            );
        }
        catch (Exception unread) when (CliError.IsFileSystemError(unread))
        {
            return CliError.InputError(unread);
        }
    }

    private Stream OpenInput()
    {
        InputHint.Write("requests", environment);
        return environment.StandardInput;
    }
}
