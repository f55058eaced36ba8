using System.Collections.Immutable;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>Records a transcript: the client's lines of a script, each with the replies of Core.</summary>
internal static class Recorder
{
    internal static Transcript Record(Transcript script, Limits limits, DateTimeOffset wall)
    {
        var conversation = ReplayedConversation.None(limits, wall);
        var lines = ImmutableArray.CreateBuilder<TranscriptLine>();
        foreach (var line in script.Lines.Where(static line => !IsFromServer(line)))
        {
            conversation = Advance(conversation, line);
            lines.Add(line);
            while (!conversation.Replies.IsEmpty)
            {
                lines.Add(Reply(conversation.Replies.Peek()));
                conversation = conversation.TakeReply();
            }
        }

        return TranscriptGenerators.WithoutInvalid(lines);
    }

    internal static bool IsReply(TranscriptLine line) =>
        line is TranscriptLine.Entry { Event: TranscriptEvent.Received };

    private static bool IsFromServer(TranscriptLine line) =>
        line
            is TranscriptLine.Entry
            {
                Event: TranscriptEvent.Received or TranscriptEvent.Optional or TranscriptEvent.Closed
            };

    private static ReplayedConversation Advance(ReplayedConversation conversation, TranscriptLine line) =>
        line.Match(
            blank: () => conversation,
            comment: _ => conversation,
            field: _ => conversation,
            connect: _ => conversation.Connect(),
            entry: entry =>
                entry.Event.Match(
                    sent: sent => conversation.WaitUntil(entry.Time).Send(sent.All.Span),
                    received: _ => conversation,
                    optional: _ => conversation,
                    finished: () => conversation.WaitUntil(entry.Time).Finish(),
                    closed: () => conversation
                )
        );

    private static TranscriptLine.Entry Reply(ByteString reply) =>
        new(default, new TranscriptEvent.Received(LinePattern.Exactly(reply.Span), Ended: true));
}
