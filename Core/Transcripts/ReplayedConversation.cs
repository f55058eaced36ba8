using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>A session and what its client sees, as a value: no socket and no clock.</summary>
internal sealed record ReplayedConversation
{
    private ReplayedConversation(Limits limits, DateTimeOffset start)
    {
        Limits = limits;
        Start = start;
    }

    private Limits Limits { get; }

    /// <summary>The time of day when the client connects.</summary>
    private DateTimeOffset Start { get; }

    private Session Session { get; init; }

    /// <summary>The time since the client connected.</summary>
    private TimeSpan Monotonic { get; init; }

    private ReadOnlyMemory<byte> Unconsumed { get; init; }

    /// <summary>The time of day.</summary>
    internal DateTimeOffset Wall
    {
        get
        {
            var rest = TimeSpan.FromTicks(DateTime.MaxValue.Ticks - Math.Max(Start.Ticks, Start.UtcTicks));
            return Start + (Monotonic < rest ? Monotonic : rest);
        }
    }

    /// <summary>The replies not yet received, without their LFs.</summary>
    internal ImmutableQueue<ByteString> Replies { get; private init; } = [];

    /// <summary>Whether the server has closed.</summary>
    internal bool IsClosed => Session.State == SessionState.Ended;

    /// <summary>Before the first connection.</summary>
    internal static ReplayedConversation None(Limits limits, DateTimeOffset start) => new(limits, start);

    /// <summary>A new connection replaces this one.</summary>
    internal ReplayedConversation Connect() =>
        new ReplayedConversation(Limits, Start).Deliver(SessionEvent.Opened);

    /// <summary>Time passes; deadlines before the given time expire. Nothing happens without a time.</summary>
    internal ReplayedConversation WaitUntil(Option<TranscriptTime> time) =>
        time.Match(
            Some: until =>
                (this with { Monotonic = until.SinceConnect(Monotonic) }).Deliver(SessionEvent.TimerElapsed),
            None: () => this
        );

    /// <summary>The client sends bytes.</summary>
    internal ReplayedConversation Send(ReadOnlySpan<byte> bytes)
    {
        ReplayedConversation before;
        var after = this with { Unconsumed = (byte[])[.. Unconsumed.Span, .. bytes] };
        do
        {
            before = after;
            after = before.Deliver(SessionEvent.Received(before.Unconsumed));
        } while (after.Unconsumed.Length < before.Unconsumed.Length);

        return after;
    }

    /// <summary>The client has finished sending.</summary>
    internal ReplayedConversation Finish() => Deliver(SessionEvent.PeerFinished);

    /// <summary>The client receives the next reply.</summary>
    internal ReplayedConversation TakeReply() => this with { Replies = Replies.Dequeue() };

    private ReplayedConversation Deliver(SessionEvent @event)
    {
        var destination = new byte[Session.MinOutputSize(Limits)];
        var step = SessionMachine.Step(Session, @event, new Now(Monotonic, Wall), Limits, destination);
        return this with
        {
            Session = step.Session,
            Unconsumed = Unconsumed[step.Consumed..],
            Replies = LinesIn(destination.AsSpan(0, step.Written)).Aggregate(Replies, Enqueue),
        };
    }

    private static ImmutableQueue<ByteString> Enqueue(ImmutableQueue<ByteString> replies, ByteString reply) =>
        replies.Enqueue(reply);

    private static ImmutableArray<ByteString> LinesIn(ReadOnlySpan<byte> written)
    {
        var lines = ImmutableArray.CreateBuilder<ByteString>();
        for (var end = written.IndexOf(Grammar.Lf); end >= 0; end = written.IndexOf(Grammar.Lf))
        {
            lines.Add(ByteString.From(written[..end]));
            written = written[(end + 1)..];
        }

        return lines.ToImmutable();
    }
}
