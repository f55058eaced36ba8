using System.Text;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Cli.Statistics;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Shell;

/// <summary>The shell on a terminal: passes events to <see cref="ShellState"/> one at a time, and executes its effects.</summary>
internal sealed class TerminalShell(
    ConnectionSettings settings,
    ShellOptions options,
    CliEnvironment environment
) : IDisposable
{
    private const string ClearScreen = "\u001b[H\u001b[2J";
    private const string Bell = "\a";

    private readonly Channel<ShellEvent> events = Channel.CreateUnbounded<ShellEvent>();
    private readonly LiveText prompt = new(environment.Output, isEnabled: true);
    private readonly string target = DisplayWidth.SanitizeTyped(settings.Target.ToString());
    private readonly Theme theme = new(options.UseColors);
    private readonly long startedAt = environment.Time.GetTimestamp();
    private Option<HistoryFile> historyFile;
    private CancellationTokenSource requestCancellation = new();

    private int TerminalWidth => environment.Terminal().Width;

    /// <summary>Connects, and runs until the user exits.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var connected = await ConnectAsync(cancellationToken);
        if (connected.IsLeft)
        {
            return connected.ToExitCode(environment);
        }

        await using var client = (TinyTcpClient)connected;
        using var keyboard = environment.OpenKeyboard(OnTerminalSignal);
        var reading = ReadKeysAsync(keyboard, cancellationToken);
        _ = ExitAfterAsync(reading);
        try
        {
            var exited = await RunEventsAsync(client, keyboard, cancellationToken);
            // The event of the last key follows the task's end: if reading keys has failed, this throws.
            await (reading.IsCompleted ? reading : Task.CompletedTask);
            return (exited.HasHungUp ? ExitCodes.HungUp : ExitCodes.Success).Code;
        }
        finally
        {
            prompt.Hide();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => requestCancellation.Dispose();

    private async Task<Either<ClientError, TinyTcpClient>> ConnectAsync(CancellationToken cancellationToken)
    {
        var connecting = $"{CommentLines.Prefix}Connecting to {target} ...";
        prompt.Show(
            theme.Apply(Theme.Hint, DisplayWidth.Ellipsize(connecting, TerminalWidth - 1)),
            TerminalWidth
        );
        try
        {
            return await TinyTcpClient.ConnectAsync(
                settings.Target,
                CreateClientOptions(),
                cancellationToken
            );
        }
        finally
        {
            prompt.Hide();
        }
    }

    private ClientOptions CreateClientOptions() =>
        settings.ClientOptions with
        {
            Reconnect = Backoff.Default,
            OnLine = OnWireLine,
            OnConnected = () => Dispatch(new ShellEvent.Connected()),
            OnDisconnected = error => Dispatch(new ShellEvent.Disconnected(error)),
        };

    private void OnWireLine(WireLine line)
    {
        var at = environment.Time.GetElapsedTime(startedAt);
        Dispatch(
            line.Direction == WireDirection.Received
                ? new ShellEvent.LineReceived(ByteString.From(line.Bytes), at)
                : new ShellEvent.LineSent(at)
        );
    }

    private void Dispatch(ShellEvent happened) => events.Writer.TryWrite(happened);

    private void OnTerminalSignal(TerminalSignal signal) =>
        Dispatch(
            signal switch
            {
                TerminalSignal.Resized => new ShellEvent.Resized(),
                TerminalSignal.StopRequested => new ShellEvent.KeyPressed(new EditorAction.Suspend()),
                TerminalSignal.Continued => new ShellEvent.Continued(),
            }
        );

    private async Task ReadKeysAsync(IKeyboard keyboard, CancellationToken cancellationToken)
    {
        var decoder = new KeyDecoder();
        await foreach (var part in keyboard.ReadAsync(cancellationToken))
        {
            (decoder, var actions) = decoder.Decode(part.Span);
            foreach (var action in actions)
            {
                Dispatch(new ShellEvent.KeyPressed(action));
            }
        }
    }

    private async Task ExitAfterAsync(Task reading)
    {
        await Task.WhenAny(reading);
        Dispatch(new ShellEvent.KeyPressed(new EditorAction.EndOfInput()));
    }

    private async Task<ShellState> RunEventsAsync(
        TinyTcpClient client,
        IKeyboard keyboard,
        CancellationToken cancellationToken
    )
    {
        var state = new ShellState(Editor.Create(OpenHistory()));
        await foreach (var happened in events.Reader.ReadAllAsync(cancellationToken))
        {
            state = state.Update(happened);
            foreach (var effect in state.Effects)
            {
                Execute(effect, state.RequestNumber, client, keyboard);
            }

            if (state.HasExited)
            {
                break;
            }

            // Drawn once all events are handled: a paste is not drawn character by character.
            if (!state.IsAwaitingReply && !events.Reader.TryPeek(out _))
            {
                DrawPrompt(state.Editor);
            }
        }

        return state;
    }

    private void DrawPrompt(Editor editor)
    {
        // A prompt that is wider than the terminal is not shown.
        var text = editor
            .Search.Map(search => search.Query[..Math.Min(search.Query.Length, TerminalWidth)])
            .Map(static query => $"search '{DisplayWidth.SanitizeTyped(query)}'")
            .IfNone(target);
        var (before, after) = CreateRenderer(text).Render(editor.Line);
        prompt.Show(before, after, TerminalWidth);
    }

    private void Execute(ShellEffect effect, int requestNumber, TinyTcpClient client, IKeyboard keyboard)
    {
        switch (effect)
        {
            case ShellEffect.Bell:
                environment.Output.Write(Bell);
                break;
            case ShellEffect.FinishLine finish:
                Write($"{CreateRenderer(target).RenderFinished(finish.Line, finish.Suffix)}\n");
                break;
            case ShellEffect.SendRequest request:
                _ = SendRequestAsync(request.Line, requestNumber, client);
                break;
            case ShellEffect.CancelRequest:
                CancelRequest();
                break;
            case ShellEffect.SaveToHistory save:
                SaveToHistory(save.Line);
                break;
            case ShellEffect.PrintReply reply:
                prompt.Hide();
                PrintReply(reply.Line);
                reply.Latency.Filter(_ => options.ShowsLatencies).Iter(PrintLatency);
                break;
            case ShellEffect.PrintComment comment:
                PrintComment(comment.Style, comment.Text);
                break;
            case ShellEffect.ClearScreen:
                Write(ClearScreen);
                break;
            case ShellEffect.Suspend:
                prompt.Hide();
                environment.Output.Write(keyboard.Suspend() ? "" : Bell);
                break;
            case ShellEffect.SetModes:
                keyboard.SetModes();
                prompt.Forget();
                break;
        }
    }

    private void PrintReply(ByteString line)
    {
        if (!options.IsRaw && Protocol.Read(line.Memory).Exists(static reply => reply.IsError))
        {
            environment.Output.WriteLine(theme.Apply(Theme.Error, $"{line}"));
        }
        else
        {
            WireOutput.Write(line.Span, !options.IsRaw, environment);
        }
    }

    private void PrintLatency(TimeSpan latency) =>
        PrintComment(Theme.Hint, DurationFormat.Format((long)latency.TotalNanoseconds));

    private void CancelRequest()
    {
        requestCancellation.Cancel();
        requestCancellation.Dispose();
        requestCancellation = new();
    }

    private void SaveToHistory(string line) =>
        historyFile = historyFile.Bind(file =>
            file.Append(line).Match(Left: WithoutHistory, Right: _ => file)
        );

    private PromptRenderer CreateRenderer(string promptText) =>
        new(promptText, TerminalWidth, Math.Max(1, environment.Terminal().Height - 1), theme);

    private void Write(string text)
    {
        prompt.Hide();
        environment.Output.Write(text);
    }

    private void PrintComment(Spectre.Console.Style style, string text) =>
        Write(
            string.Concat(
                CommentLines.Wrap(text, TerminalWidth).Select(line => $"{theme.Apply(style, line)}\n")
            )
        );

    private History OpenHistory()
    {
        if (options.SavesHistory)
        {
            historyFile = HistoryFile
                .Open(environment.GetVariable)
                .Match(Left: WithoutHistory, Right: static file => file);
        }

        return historyFile.Map(static file => file.Saved).IfNone(History.Empty);
    }

    private Option<HistoryFile> WithoutHistory(string error)
    {
        PrintComment(Theme.Notice, error);
        return default;
    }

    private async Task SendRequestAsync(string line, int requestNumber, TinyTcpClient client)
    {
        var reply = client.ExecuteAsync(Encoding.UTF8.GetBytes(line), requestCancellation.Token);
        await Task.WhenAny(reply);
        if (reply.IsCompletedSuccessfully)
        {
            Dispatch(new ShellEvent.RequestCompleted(requestNumber, await reply));
        }
        else if (reply.Exception is { InnerException: { } unexpected })
        {
            events.Writer.TryComplete(unexpected);
        }
    }
}
