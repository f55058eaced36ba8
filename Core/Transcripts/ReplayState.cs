using System.Collections.Immutable;
using System.Linq;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>A replay in progress: the conversation so far, the current line, and the differences.</summary>
internal sealed record ReplayState(
    ReplayedConversation Conversation,
    int Line,
    ImmutableList<Mismatch> Mismatches
)
{
    private const string Silence = "silence";

    /// <summary>The replay after one more line.</summary>
    internal ReplayState After(TranscriptLine line, int number) =>
        line.Match(
            blank: () => this,
            comment: _ => this,
            connect: _ => AtEnd() with { Conversation = Conversation.Connect(), Line = number },
            entry: entry => (AtTimeOf(entry) with { Line = number }).After(entry.Event)
        );

    /// <summary>The replay at the end of a conversation: replies that the transcript lacks are differences.</summary>
    internal ReplayState AtEnd() => NothingLeft("no more replies");

    private ReplayState AtTimeOf(TranscriptLine.Entry entry) =>
        entry.At.Match(Some: at => this with { Conversation = Conversation.WaitUntil(at) }, None: () => this);

    private ReplayState After(TranscriptEvent @event) =>
        @event.Match(
            sent: sent => this with { Conversation = Conversation.Send(BytesOf(sent)) },
            received: Receive,
            finished: () => this with { Conversation = Conversation.Finish() },
            closed: Close
        );

    private ReplayState Receive(TranscriptEvent.Received expected)
    {
        if (Conversation.Replies.IsEmpty)
        {
            var got = Conversation.IsClosed ? TranscriptSyntax.Closed : Silence;
            return Differ(expected.ToString(), got);
        }

        var reply = Conversation.Replies.Peek();
        var taken = this with { Conversation = Conversation.TakeReply() };
        return expected.Ended && expected.Line.Matches(reply.Memory)
            ? taken
            : taken.Differ(expected.ToString(), Shown(reply));
    }

    private ReplayState Close()
    {
        var silent = NothingLeft(TranscriptSyntax.Closed);
        return Conversation.IsClosed ? silent : silent.Differ(TranscriptSyntax.Closed, Silence);
    }

    private ReplayState NothingLeft(string expected) =>
        Conversation.Replies.Aggregate(this, (state, reply) => state.Unexpected(expected, reply));

    private ReplayState Unexpected(string expected, ByteString reply) =>
        (this with { Conversation = Conversation.TakeReply() }).Differ(expected, Shown(reply));

    private ReplayState Differ(string expected, string got) =>
        this with
        {
            Mismatches = Mismatches.Add(new Mismatch(Line, expected, got)),
        };

    private static byte[] BytesOf(TranscriptEvent.Sent sent) =>
        sent.Ended ? [.. sent.Bytes.Span, Grammar.Lf] : [.. sent.Bytes.Span];

    private static string Shown(ByteString reply) =>
        new TranscriptEvent.Received(LinePattern.Exactly(reply.Span), Ended: true).ToString();
}
