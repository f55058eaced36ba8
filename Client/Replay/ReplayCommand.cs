using System.CommandLine;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Transcripts;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Replay;

/// <summary>The command <c>replay</c>: plays transcripts to a server, or to the core.</summary>
/// <param name="connectionOptions">The options of the connection.</param>
/// <param name="jsonOption">The option <c>--json</c>.</param>
/// <param name="colorOption">The option <c>--color</c>.</param>
/// <param name="environment">The output and the clock.</param>
internal sealed class ReplayCommand(
    ConnectionOptions connectionOptions,
    SwitchOption jsonOption,
    ColorOption colorOption,
    CliEnvironment environment
)
{
    private readonly FilesArgument filesArgument = new("file")
    {
        Description = $"Files with transcripts. The server may stand behind them: {TargetArgument.Forms}.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly SwitchOption coreOption = new("--core")
    {
        Description = "Play to the core of TinyTCP, in this process: without a server, and without waiting.",
    };

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "replay",
            "Play transcripts to a server, and compare what it sends.\nA timestamp of a transcript with the field 'now' stands for any, except with --core."
        )
        {
            filesArgument,
            coreOption,
            jsonOption,
        };
        connectionOptions.AddTo(command);
        command.SetAction(RunAsync);
        program.Subcommands.Add(command);
    }

    private Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (paths, target) = SplitTarget(parsed.GetValue(filesArgument) ?? []);
        var settings =
            from connection in connectionOptions.Read(parsed, target)
            from files in ReplayFile.ReadAll(paths)
            select (connection, files);
        return settings.RunAsync(
            both => RunAsync(both.connection, both.files, parsed, cancellationToken),
            environment
        );
    }

    /// <summary>Tells the server from the files: it has the form of one, and no file has its name.</summary>
    private static (string[] Paths, string[] Target) SplitTarget(string[] words)
    {
        var count =
            words is [.., var host, var port]
            && !File.Exists(host)
            && !File.Exists(port)
            && TargetArgument.CountIn([host, port]) == 2
                ? 2
            : words is [.., var last] && ServerEndPoint.From(last).IsRight && !File.Exists(last) ? 1
            : 0;
        return (words[..^count], words[^count..]);
    }

    private async Task<int> RunAsync(
        ConnectionSettings settings,
        IEnumerable<ReplayFile> files,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        var (isCore, isJson) = (parsed.GetValue(coreOption), parsed.GetValue(jsonOption));
        var text = new ReplayText(new Theme(colorOption.Read(parsed, environment)));
        var isSame = true;
        foreach (var file in files)
        {
            var result = isCore ? ReplayInCore(file) : await ReplayAsync(file, settings, cancellationToken);
            if (result.IsLeft)
            {
                return CliError.From((ClientError)result).WriteTo(environment);
            }

            var replayed = (ReplayResult)result;
            isSame = isSame && replayed.Mismatches.IsEmpty;
            Print(
                isJson
                    ? [JsonText.Serialize(ReplayJson.From(replayed), ReplayJsonContext.Output.ReplayJson)]
                    : text.Format(replayed)
            );
        }

        return (isSame ? ExitCodes.Success : ExitCodes.Mismatch).Code;
    }

    private void Print(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            environment.Output.WriteLine(line);
        }
    }

    private Either<ClientError, ReplayResult> ReplayInCore(ReplayFile file) =>
        new ReplayResult(
            file,
            TranscriptReplay.Replay(
                file.Transcript,
                file.Settings.Limits,
                file.Settings.Now.IfNone(environment.Time.GetLocalNow())
            )
        );

    private static async Task<Either<ClientError, ReplayResult>> ReplayAsync(
        ReplayFile file,
        ConnectionSettings settings,
        CancellationToken cancellationToken
    )
    {
        var options = settings.ClientOptions;
        await using var host = new PlayerHost(
            async token =>
                (await Dialer.DialWithTimeoutAsync(settings.Target, options, token)).Map(
                    IPlayerConnection (stream) =>
                        new LineConnection(stream, options.MaxReplyLine, options.TimeProvider)
                ),
            options.ReplyTimeout,
            options.TimeProvider
        );
        // The server's clock is not that of the transcript.
        var transcript = file.Settings.Now.IsSome ? file.Transcript.WithAnyTime() : file.Transcript;
        var mismatches = await host.PlayAsync(TranscriptPlayer.Start(transcript), cancellationToken);
        return mismatches.Map(all => new ReplayResult(file, [.. all]));
    }
}
