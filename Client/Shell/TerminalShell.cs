using System.Text;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>The shell on a terminal: brings what happens to <see cref="ShellState"/>, one thing after the other, and does what follows.</summary>
/// <param name="settings">Whom to call, and how.</param>
/// <param name="options">How it is to look.</param>
/// <param name="environment">Its terminal, clock and files.</param>
internal sealed class TerminalShell(
    ConnectionSettings settings,
    ShellOptions options,
    CliEnvironment environment
) : IDisposable
{
    private const string ClearScreen = "\u001b[H\u001b[2J";
    private const string Bell = "\a";

    private readonly Channel<Func<ShellState, ShellTransition>> events = Channel.CreateUnbounded<
        Func<ShellState, ShellTransition>
    >();
    private readonly string target = DisplayWidth.SanitizeTyped(settings.Target.ToString());
    private readonly Theme theme = new(options.UseColors);
    private HistoryStore history = HistoryStore.Disabled;
    private CancellationTokenSource requestCancellation = new();

    // The column in which it stands in the row that is being typed.
    private int cursorColumn;

    /// <summary>Connects, and talks until it is left.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Write(
            theme.Hint(
                DisplayWidth.Ellipsize(
                    $"{CommentLines.Prefix}Connecting to {target} ...",
                    environment.Terminal().Width - 1
                )
            )
        );
        var connected = await TinyTcpClient.ConnectAsync(
            settings.Target,
            CreateClientOptions(),
            cancellationToken
        );
        if (connected.IsLeft)
        {
            Write(StatusLine.EraseLine);
            return connected.ToExitCode(environment.Error);
        }

        await using var client = (TinyTcpClient)connected;
        using var resized = environment.OnResize(() => Dispatch(static dialogue => new(dialogue, [])));
        history = options.SavesHistory ? HistoryStore.Open(environment.GetVariable) : history;
        var reading = ReadKeysAsync(cancellationToken);
        _ = ExitAfterAsync(reading);
        try
        {
            Write(KeyDecoder.EnableModes);
            await RunEventsAsync(client, cancellationToken);
        }
        finally
        {
            Write(KeyDecoder.DisableModes + StatusLine.EraseLine);
        }

        // Before the shell hears that there are no more keys, it is known whether that was by a failure.
        await (reading.IsCompleted ? reading : Task.CompletedTask);
        return ExitCodes.Success.Code;
    }

    /// <inheritdoc/>
    public void Dispose() => requestCancellation.Dispose();

    private ClientOptions CreateClientOptions() =>
        settings.ClientOptions with
        {
            Reconnect = Backoff.Default,
            OnLine = OnWireLine,
            OnConnected = () => Dispatch(static dialogue => dialogue.OnConnected()),
            OnDisconnected = why => Dispatch(dialogue => dialogue.OnDisconnected(why)),
        };

    private void OnWireLine(WireLine line)
    {
        if (line.Direction == WireDirection.Received)
        {
            var said = ByteString.From(line.Bytes);
            Dispatch(dialogue => dialogue.OnLine(said));
        }
    }

    private void Dispatch(Func<ShellState, ShellTransition> transition) => events.Writer.TryWrite(transition);

    private async Task ReadKeysAsync(CancellationToken cancellationToken)
    {
        var reading = default(KeyDecoder);
        await foreach (var info in environment.ReadKeys(cancellationToken))
        {
            (reading, var keys) = reading.Decode(info);
            foreach (var key in keys)
            {
                Dispatch(dialogue => dialogue.OnAction(key));
            }
        }
    }

    private async Task ExitAfterAsync(Task readKeys)
    {
        await Task.WhenAny(readKeys);
        Dispatch(static dialogue => dialogue.OnAction(EditorAction.EndOfInput));
    }

    private async Task RunEventsAsync(TinyTcpClient client, CancellationToken cancellationToken)
    {
        var dialogue = new ShellState(Editor.Create(history.History));
        while (!dialogue.HasExited)
        {
            var happened = await events.Reader.ReadAsync(cancellationToken);
            (dialogue, var effects) = happened(dialogue);
            foreach (var effect in effects)
            {
                Execute(effect, dialogue.RequestNumber, client);
            }

            DrawPrompt(dialogue);
        }
    }

    /// <summary>Shows the line that is being typed, once nothing more has happened: a paste is not drawn letter by letter.</summary>
    private void DrawPrompt(ShellState dialogue)
    {
        history.Error.Iter(why => PrintComment(theme.Notice)(why));
        history = history.WithoutError();
        if (!dialogue.IsAwaitingReply && !dialogue.HasExited && !events.Reader.TryPeek(out _))
        {
            var frame = CreateRenderer(dialogue.Editor.Search.Map(SearchPrompt).IfNone(target));
            Write(frame.EraseAfterResize(cursorColumn) + frame.Render(dialogue.Editor.Line));
            cursorColumn = frame.CursorColumn(dialogue.Editor.Line);
        }
    }

    private void Execute(ShellEffect effect, int requestNumber, TinyTcpClient client) =>
        effect.Match(
            bell: () => Write(Bell),
            finishLine: (line, how) => Write(CreateRenderer(target).RenderFinished(line, how)),
            sendRequest: line => SendRequest(line, requestNumber, client),
            cancelRequest: CancelRequest,
            saveToHistory: SaveToHistory,
            printReply: PrintReply,
            printNotice: PrintComment(theme.Notice),
            printError: PrintComment(theme.Error),
            printHint: PrintComment(theme.Hint),
            clearScreen: () => Write(ClearScreen),
            suspend: Suspend
        );

    private PromptRenderer CreateRenderer(string promptText) =>
        new(promptText, environment.Terminal().Width, theme);

    private static string SearchPrompt(ReverseSearch search) =>
        $"search '{DisplayWidth.SanitizeTyped(search.Query)}'";

    private Unit Write(string characters)
    {
        environment.Output.Write(characters);
        cursorColumn = 0;
        return Unit.Default;
    }

    private Func<string, Unit> PrintComment(Func<string, string> style) =>
        sentence =>
            Write(
                StatusLine.EraseLine
                    + string.Concat(
                        CommentLines
                            .Wrap(sentence, environment.Terminal().Width)
                            .Select(line => $"{style(line)}\n")
                    )
            );

    private Unit PrintReply(ByteString reply)
    {
        Write(StatusLine.EraseLine);
        WireOutput.Write(reply.Span, !options.IsRaw, environment);
        return Unit.Default;
    }

    private Unit SaveToHistory(string line)
    {
        history = history.Append(line);
        return Unit.Default;
    }

    private Unit Suspend()
    {
        Write(KeyDecoder.DisableModes + StatusLine.EraseLine);
        return Write(environment.Suspend() ? KeyDecoder.EnableModes : KeyDecoder.EnableModes + Bell);
    }

    private Unit CancelRequest()
    {
        requestCancellation.Cancel();
        requestCancellation.Dispose();
        requestCancellation = new();
        return Unit.Default;
    }

    private Unit SendRequest(string line, int requestNumber, TinyTcpClient client)
    {
        _ = AwaitReplyAsync(
            requestNumber,
            client.ExecuteAsync(Encoding.UTF8.GetBytes(line), requestCancellation.Token)
        );
        return Unit.Default;
    }

    /// <summary>An answer is something that happens. So is a failure that nobody foresaw: it ends the shell.</summary>
    private async Task AwaitReplyAsync(int requestNumber, Task<Either<ClientError, string>> reply)
    {
        await Task.WhenAny(reply);

        // Whoever gave it up knows.
        if (!reply.IsCanceled)
        {
            Dispatch(dialogue => dialogue.OnResult(requestNumber, reply.GetAwaiter().GetResult()));
        }
    }
}
