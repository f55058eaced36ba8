using System.Collections.Immutable;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// The client's part of a transcript, played as a value: it says what to do next, and compares what the server sends. Its host
/// connects, sends and receives: to a session without a socket (<see cref="TranscriptReplay"/>), or to a server.
/// </summary>
public sealed record TranscriptPlayer
{
    private const string NoReply = "no more replies";
    private const string Silent = "silence";

    internal TranscriptPlayer(ScriptPosition position) => Position = position;

    /// <summary>The mismatches so far, in the order of the transcript's lines.</summary>
    public ImmutableList<Mismatch> Mismatches => List.Items;

    /// <summary>What to do next; none at the end.</summary>
    public Option<PlayerStep> Next =>
        IsOpen && Position.Event.IsNone ? new PlayerStep.Receive(default, PlayerWait.None) : Position.Step;

    private MismatchList List { get; init; } = new();

    private ScriptPosition Position { get; init; }

    /// <summary>Whether a conversation is under way.</summary>
    private bool IsOpen { get; init; }

    /// <summary>The player before its first step.</summary>
    /// <param name="transcript">What to play.</param>
    public static TranscriptPlayer Start(Transcript transcript) =>
        new(
            ScriptPosition.Start(
                transcript.Lines.SelectMany(static (line, index) => ScriptLine.From(line, index + 1))
            )
        );

    /// <summary>The player after a step that was not to receive. A failure to send shows in what is received.</summary>
    public TranscriptPlayer Done() =>
        Position.Step.Exists(static step => step is PlayerStep.Connect)
            ? Advance() with
            {
                IsOpen = true,
                List = List.AfterConnect(),
            }
            : Advance();

    /// <summary>The player after the step to receive.</summary>
    /// <param name="input">What was received.</param>
    public TranscriptPlayer Received(PlayerInput input) =>
        input.Match(
            line: OnLine,
            silence: OnSilence,
            closed: () => OnEnd(MismatchKind.Closed, TranscriptSyntax.Closed),
            reset: () => OnEnd(MismatchKind.Reset, TranscriptSyntax.Reset)
        );

    private TranscriptPlayer OnLine(PlayerInput.Line line)
    {
        var player = this with { Position = Position.SkipOptional(line) };
        return player.Position.Event.Exists(line.Matches)
            ? player.Advance() with
            {
                List = List.AfterMatch(),
            }
            : List.Explain(line)
                .Match(Some: list => player with { List = list }, None: () => player.OnOther(line));
    }

    private TranscriptPlayer OnOther(PlayerInput.Line line) =>
        Position
            .Event.Filter(static @event => @event is TranscriptEvent.Received)
            .Match(
                Some: expected => OnDifferent(expected, line),
                None: () =>
                    Differ(
                        MismatchKind.Extra,
                        Position.IsClose ? TranscriptSyntax.Closed : NoReply,
                        $"{line}"
                    )
            );

    private TranscriptPlayer OnDifferent(TranscriptEvent expected, PlayerInput.Line line) =>
        Position
            .FindAhead(line)
            .Match(
                Some: distance => Miss(distance, $"{line}"),
                None: () => this with { List = List.AddDifferent(Position.Number, expected, line) }
            )
            .Advance();

    /// <summary>Lines that are not optional are missing.</summary>
    private TranscriptPlayer Miss(int count, string got)
    {
        var player = this;
        for (var missed = 0; missed < count; missed++)
        {
            var (list, number) = (player.List, player.Position.Number);
            player = player
                .Position.Event.Filter(static @event => @event is TranscriptEvent.Received)
                .Match(
                    Some: expected => player with { List = list.AddMissing(number, expected, got) },
                    None: () => player
                )
                .Advance();
        }

        return player;
    }

    private TranscriptPlayer OnSilence() =>
        Position.Event.Match(
            Some: @event =>
                @event is TranscriptEvent.Closed
                    ? Differ(MismatchKind.StillOpen, TranscriptSyntax.Closed, Silent).Leave()
                    : Miss(1, Silent),
            None: Leave
        );

    private TranscriptPlayer OnEnd(MismatchKind kind, string got) =>
        Position.Event.Match(
            Some: @event =>
                @event.Match(
                    sent: _ => this,
                    received: expected => Differ(kind, $"{expected}", got).Leave(),
                    optional: _ => Advance(),
                    finished: () => this,
                    closed: () =>
                        kind == MismatchKind.Reset ? Differ(kind, $"{@event}", got).Leave() : Leave()
                ),
            None: Leave
        );

    /// <summary>The player at the end of this conversation: nothing more can be received.</summary>
    private TranscriptPlayer Leave() => this with { IsOpen = false, Position = Position.Leave() };

    private TranscriptPlayer Differ(MismatchKind kind, string expected, string got) =>
        this with
        {
            List = List.Add(kind, Position.Number, expected, got),
        };

    private TranscriptPlayer Advance() => this with { Position = Position.Advance() };
}
