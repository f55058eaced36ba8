using System.Collections.Immutable;
using System.Linq;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>A replay half way: the conversation so far, up to which line, and where it was not as written.</summary>
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
            happened: happened => (AtTimeOf(happened) with { Line = number }).After(happened.Event)
        );

    /// <summary>The replay at the end of a conversation: what was said and not written is a mismatch.</summary>
    internal ReplayState AtEnd() => NothingLeft("no more replies");

    private ReplayState AtTimeOf(TranscriptLine.Entry happened) =>
        happened.At.Match(
            Some: at => this with { Conversation = Conversation.WaitUntil(at) },
            None: () => this
        );

    private ReplayState After(TranscriptEvent happened) =>
        happened.Match(
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
            return Differ(TranscriptWriter.Write(expected), got);
        }

        ByteString reply = Conversation.Replies.Peek();
        ReplayState taken = this with { Conversation = Conversation.TakeReply() };
        return expected.Ended && expected.Line.Matches(reply.Memory)
            ? taken
            : taken.Differ(TranscriptWriter.Write(expected), Shown(reply));
    }

    private ReplayState Close()
    {
        ReplayState silent = NothingLeft(TranscriptSyntax.Closed);
        return Conversation.IsClosed ? silent : silent.Differ(TranscriptSyntax.Closed, Silence);
    }

    private ReplayState NothingLeft(string expected) =>
        Conversation.Replies.Aggregate(this, (verdict, reply) => verdict.Unexpected(expected, reply));

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
        TranscriptWriter.Write(new TranscriptEvent.Received(LinePattern.Exactly(reply.Span), Ended: true));
}
