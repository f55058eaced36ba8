using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Replay;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Transcripts;
using Command = System.CommandLine.Command;

namespace TinyTcp.Cli.Mock;

/// <summary>The command <c>mock</c>: plays the server's part of a transcript to clients.</summary>
/// <param name="colorOption">The option <c>--color</c>.</param>
/// <param name="environment">The output and the clock.</param>
internal sealed class MockCommand(ColorOption colorOption, CliEnvironment environment)
{
    private const int MaxPort = 65_535;

    private readonly FileArgument fileArgument = new("file") { Description = "A file with a transcript." };

    private readonly QuantityOption portOption = QuantityOption.Count(
        "--port",
        "The port of 127.0.0.1 to listen on; any free one if it is missing.",
        MaxPort,
        defaultValue: null,
        "-p"
    );

    private readonly QuantityOption countOption = QuantityOption.Count(
        "--count",
        "Exit after so many clients.",
        int.MaxValue,
        defaultValue: null,
        "-n"
    );

    private readonly QuantityOption timeoutOption = QuantityOption.Duration(
        "--timeout",
        "Maximum wait for a line of a client.",
        TimeSpan.FromMinutes(1)
    );

    private readonly System.CommandLine.Option<string[]> faultOption =
        new System.CommandLine.Option<string[]>("--fault")
        {
            Description =
                $"What to do wrong, several times if need be: {string.Join("; ", Fault.Rows.Select(static fault => $"{fault.Name}: {fault.Description}"))}.",
            HelpName = "FAULT",
        }.AcceptOnlyFromAmong([.. Fault.Rows.Select(static fault => fault.Name)]);

    private readonly QuantityOption seedOption = QuantityOption.Count(
        "--seed",
        "Chooses the lines that a fault affects.",
        int.MaxValue,
        defaultValue: 1
    );

    /// <summary>Adds the command to the program.</summary>
    internal void AddTo(Command program)
    {
        var command = new Command(
            "mock",
            "Play the server's part of a transcript to clients.\nEach client gets the next conversation of the file, and then the first again. What a client sends is compared with the transcript. Optional lines are not sent; for a placeholder an example is."
        )
        {
            fileArgument,
            portOption,
            countOption,
            timeoutOption,
            faultOption,
            seedOption,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                (
                    from file in ReplayFile.Read(parsed.GetValue(fileArgument) ?? "")
                    from conversations in HasConversation(file)
                    from listener in Listen((int)portOption.Find(parsed).IfNone(0))
                    select (file, listener)
                ).RunAsync(both => RunAsync(both.file, both.listener, parsed, cancellationToken), environment)
        );
        program.Subcommands.Add(command);
    }

    private static Either<CliError, ReplayFile> HasConversation(ReplayFile file) =>
        file.Transcript.Lines.Any(static line => line is TranscriptLine.Connect)
            ? file
            : new CliError(
                ExitCodes.IoFailed,
                $"{Quote.Of(file.Path)} has no CONNECT. Give a transcript with a conversation."
            );

    private static Either<CliError, Socket> Listen(int port)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, port);
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(endPoint);
            listener.Listen();
            return listener;
        }
        catch (SocketException failed)
        {
            listener.Dispose();
            return new CliError(
                ExitCodes.ConnectFailed,
                $"Cannot listen on {endPoint} ({StreamErrors.MessageOf(failed)}). Give another --port."
            );
        }
    }

    private async Task<int> RunAsync(
        ReplayFile file,
        Socket listener,
        ParseResult parsed,
        CancellationToken cancellationToken
    )
    {
        using var _ = listener;
        environment.Output.WriteLine($"Listening on {listener.LocalEndPoint}");
        var text = new ReplayText(new Theme(colorOption.Read(parsed, environment)));
        var isSame = true;
        await new MockServer(
            listener,
            file.Transcript,
            [
                .. Fault.Rows.Where(fault =>
                    (parsed.GetValue(faultOption) ?? []).Contains(fault.Name, StringComparer.Ordinal)
                ),
            ],
            (int)(long)seedOption.Find(parsed),
            (TimeSpan)timeoutOption.FindDuration(parsed),
            environment.Time
        ).RunAsync(countOption.Find(parsed), OnServed, cancellationToken);
        return (isSame ? ExitCodes.Success : ExitCodes.Mismatch).Code;

        void OnServed(long number, EndPoint peer, ImmutableArray<Mismatch> mismatches)
        {
            isSame = isSame && mismatches.IsEmpty;
            environment.Output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Client {number}, {peer}: {(mismatches.IsEmpty ? "same" : $"differences: {mismatches.Length}")}"
                )
            );
            foreach (var line in mismatches.SelectMany(mismatch => text.Format(file, FromClient(mismatch))))
            {
                environment.Output.WriteLine(line);
            }
        }
    }

    /// <summary>A server receives what a transcript's client sends.</summary>
    private static Mismatch FromClient(Mismatch mismatch) =>
        mismatch with
        {
            Expected = Reverse(mismatch.Expected),
            Got = Reverse(mismatch.Got),
        };

    private static string Reverse(string line) =>
        line.StartsWith("<-", StringComparison.Ordinal) ? $"->{line[2..]}" : line;
}
