using System.Text;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Cli.Display;
using TinyTcp.Client;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Interactive;

/// <summary>The shell on a terminal: brings what happens to <see cref="Dialogue"/>, one thing after the other, and does what follows.</summary>
/// <param name="call">Whom to call, and how.</param>
/// <param name="view">How it is to look.</param>
/// <param name="surroundings">Its terminal, clock and files.</param>
internal sealed class TerminalShell(Call call, ShellView view, Surroundings surroundings) : IDisposable
{
    private const string ClearScreen = "\u001b[H\u001b[2J";
    private const string Bell = "\a";

    private readonly Channel<Func<Dialogue, Turn>> happenings = Channel.CreateUnbounded<
        Func<Dialogue, Turn>
    >();
    private readonly string target = Columns.Shown(call.Target.ToString());
    private readonly Paint paint = new(view.Colours);
    private Memory memory = Memory.None;
    private CancellationTokenSource patience = new();

    // The column in which it stands in the row that is being typed.
    private int cursor;

    /// <summary>Connects, and talks until it is left.</summary>
    /// <returns>The exit code.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Write(
            paint.Hint(
                Columns.Fit($"{Prose.Mark}Connecting to {target} ...", surroundings.Terminal().Width - 1)
            )
        );
        var connected = await TinyTcpClient.ConnectAsync(call.Target, Options(), cancellationToken);
        if (connected.IsLeft)
        {
            Write(StatusLine.Erase);
            return connected.Told(surroundings.Error);
        }

        await using var client = (TinyTcpClient)connected;
        using var resized = surroundings.OnResize(() => Happened(static dialogue => new(dialogue, [])));
        memory = view.KeepsHistory ? Memory.Of(surroundings.Variable) : memory;
        var reading = ReadKeysAsync(cancellationToken);
        _ = EndAfterAsync(reading);
        try
        {
            Write(KeyReading.Take);
            await TalkAsync(client, cancellationToken);
        }
        finally
        {
            Write(KeyReading.GiveBack + StatusLine.Erase);
        }

        // Before the shell hears that there are no more keys, it is known whether that was by a failure.
        await (reading.IsCompleted ? reading : Task.CompletedTask);
        return ExitCodes.Success.Code;
    }

    /// <inheritdoc/>
    public void Dispose() => patience.Dispose();

    private ClientOptions Options() =>
        call.Options with
        {
            Reconnect = Backoff.Default,
            Observer = Observe,
            Connected = () => Happened(static dialogue => dialogue.Connect()),
            Disconnected = why => Happened(dialogue => dialogue.Disconnect(why)),
        };

    private void Observe(WireLine line)
    {
        if (line.Direction == WireDirection.Received)
        {
            var said = ByteString.From(line.Bytes);
            Happened(dialogue => dialogue.Hear(said));
        }
    }

    private void Happened(Func<Dialogue, Turn> what) => happenings.Writer.TryWrite(what);

    private async Task ReadKeysAsync(CancellationToken cancellationToken)
    {
        var reading = default(KeyReading);
        await foreach (var info in surroundings.Keys(cancellationToken))
        {
            (reading, var keys) = reading.Read(info);
            foreach (var key in keys)
            {
                Happened(dialogue => dialogue.Press(key));
            }
        }
    }

    private async Task EndAfterAsync(Task reading)
    {
        await Task.WhenAny(reading);
        Happened(static dialogue => dialogue.Press(Key.Gone));
    }

    private async Task TalkAsync(TinyTcpClient client, CancellationToken cancellationToken)
    {
        var dialogue = new Dialogue(Editor.With(memory.Past));
        while (!dialogue.IsOver)
        {
            var happened = await happenings.Reader.ReadAsync(cancellationToken);
            (dialogue, var effects) = happened(dialogue);
            foreach (var effect in effects)
            {
                Do(effect, dialogue.Asked, client);
            }

            Draw(dialogue);
        }
    }

    /// <summary>Shows the line that is being typed, once nothing more has happened: a paste is not drawn letter by letter.</summary>
    private void Draw(Dialogue dialogue)
    {
        memory.Complaint.Iter(why => Say(paint.Notice)(why));
        memory = memory.Told();
        if (!dialogue.IsWaiting && !dialogue.IsOver && !happenings.Reader.TryPeek(out _))
        {
            var frame = Frame(dialogue.Editor.Search.Map(Searched).IfNone(target));
            Write(frame.After(cursor) + frame.Draw(dialogue.Editor.Line));
            cursor = frame.Cursor(dialogue.Editor.Line);
        }
    }

    private void Do(ShellEffect effect, int asked, TinyTcpClient client) =>
        effect.Match(
            ring: () => Write(Bell),
            finish: (line, how) => Write(Frame(target).Finish(line, how)),
            ask: line => Ask(line, asked, client),
            giveUp: GiveUp,
            remember: Remember,
            print: Print,
            notice: Say(paint.Notice),
            trouble: Say(paint.Trouble),
            advice: Say(paint.Hint),
            clear: () => Write(ClearScreen),
            suspend: Suspend
        );

    private Frame Frame(string asks) => new(asks, surroundings.Terminal().Width, paint);

    private static string Searched(Search search) => $"search '{Columns.Shown(search.Wanted)}'";

    private Unit Write(string characters)
    {
        surroundings.Output.Write(characters);
        cursor = 0;
        return Unit.Default;
    }

    private Func<string, Unit> Say(Func<string, string> colour) =>
        sentence =>
            Write(
                StatusLine.Erase
                    + string.Concat(
                        Prose
                            .Lines(sentence, surroundings.Terminal().Width)
                            .Select(line => $"{colour(line)}\n")
                    )
            );

    private Unit Print(ByteString said)
    {
        Write(StatusLine.Erase);
        WireOutput.Write(said.Span, !view.IsRaw, surroundings);
        return Unit.Default;
    }

    private Unit Remember(string line)
    {
        memory = memory.With(line);
        return Unit.Default;
    }

    private Unit Suspend()
    {
        Write(KeyReading.GiveBack + StatusLine.Erase);
        return Write(surroundings.Suspend() ? KeyReading.Take : KeyReading.Take + Bell);
    }

    private Unit GiveUp()
    {
        patience.Cancel();
        patience.Dispose();
        patience = new();
        return Unit.Default;
    }

    private Unit Ask(string line, int asked, TinyTcpClient client)
    {
        _ = HearAsync(asked, client.RawAsync(Encoding.UTF8.GetBytes(line), patience.Token));
        return Unit.Default;
    }

    /// <summary>An answer is something that happens. So is a failure that nobody foresaw: it ends the shell.</summary>
    private async Task HearAsync(int asked, Task<Either<ClientError, string>> answer)
    {
        await Task.WhenAny(answer);

        // Whoever gave it up knows.
        if (!answer.IsCanceled)
        {
            Happened(dialogue => dialogue.Answer(asked, answer.GetAwaiter().GetResult()));
        }
    }
}
