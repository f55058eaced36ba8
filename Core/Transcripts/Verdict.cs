using System.Collections.Immutable;
using System.Linq;

namespace TinyTcp.Core;

/// <summary>A replay half way: the conversation so far, up to which line, and where it was not as written.</summary>
internal sealed record Verdict(
    ReplayedConversation Conversation,
    int Line,
    ImmutableList<Mismatch> Mismatches
)
{
    private const string Silence = "silence";

    /// <summary>The replay after one more line.</summary>
    internal Verdict After(TranscriptLine line, int number) =>
        line.Match(
            blank: () => this,
            comment: _ => this,
            connect: _ => AtEnd() with { Conversation = Conversation.Connect(), Line = number },
            happened: happened => (AtTimeOf(happened) with { Line = number }).After(happened.Event)
        );

    /// <summary>The replay at the end of a conversation: what was said and not written is a mismatch.</summary>
    internal Verdict AtEnd() => NothingLeft("no more replies");

    private Verdict AtTimeOf(TranscriptLine.Happened happened) =>
        happened.At.Match(
            Some: at => this with { Conversation = Conversation.WaitUntil(at) },
            None: () => this
        );

    private Verdict After(TranscriptEvent happened) =>
        happened.Match(
            sent: sent => this with { Conversation = Conversation.Send(BytesOf(sent)) },
            received: Receive,
            finished: () => this with { Conversation = Conversation.Finish() },
            closed: Close
        );

    private Verdict Receive(TranscriptEvent.Received expected)
    {
        if (Conversation.Replies.IsEmpty)
        {
            var got = Conversation.IsClosed ? TranscriptWords.Closed : Silence;
            return Differ(TranscriptWriter.Write(expected), got);
        }

        var reply = Conversation.Replies.Peek();
        var taken = this with { Conversation = Conversation.TakeReply() };
        return expected.Ended && expected.Line.Matches(reply.Memory)
            ? taken
            : taken.Differ(TranscriptWriter.Write(expected), Shown(reply));
    }

    private Verdict Close()
    {
        var silent = NothingLeft(TranscriptWords.Closed);
        return Conversation.IsClosed ? silent : silent.Differ(TranscriptWords.Closed, Silence);
    }

    private Verdict NothingLeft(string expected) =>
        Conversation.Replies.Aggregate(this, (verdict, reply) => verdict.Unexpected(expected, reply));

    private Verdict Unexpected(string expected, Octets reply) =>
        (this with { Conversation = Conversation.TakeReply() }).Differ(expected, Shown(reply));

    private Verdict Differ(string expected, string got) =>
        this with
        {
            Mismatches = Mismatches.Add(new Mismatch(Line, expected, got)),
        };

    private static byte[] BytesOf(TranscriptEvent.Sent sent) =>
        sent.Ended ? [.. sent.Bytes.Span, Grammar.Lf] : [.. sent.Bytes.Span];

    private static string Shown(Octets reply) =>
        TranscriptWriter.Write(new TranscriptEvent.Received(LinePattern.Exactly(reply.Span), Ended: true));
}
