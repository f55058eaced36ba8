using System;
using System.Collections.Immutable;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Core.Transcripts;

/// <summary>Plays the client's part of a transcript to a session, without a socket.</summary>
public static class TranscriptReplay
{
    /// <summary>
    /// Plays every conversation of a transcript. Each begins with a new session; the clock starts at the given time and moves
    /// with the times of the transcript only, so that a transcript may contain it.
    /// </summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="limits">The server's limits.</param>
    /// <param name="now">The time of day when a client connects.</param>
    /// <returns>
    /// The differences, in order. A reply that the transcript lacks is a difference; a close that it lacks is not.
    /// </returns>
    public static ImmutableArray<Mismatch> Replay(Transcript transcript, Limits limits, DateTimeOffset now)
    {
        var player = TranscriptPlayer.Start(transcript);
        var conversation = ReplayedConversation.None(limits, now);
        for (var next = player.Next.ToArray(); next.Length > 0; next = player.Next.ToArray())
        {
            (player, conversation) = Execute(next[0], player, conversation);
        }

        return [.. player.Mismatches];
    }

    private static (TranscriptPlayer, ReplayedConversation) Execute(
        PlayerStep step,
        TranscriptPlayer player,
        ReplayedConversation conversation
    ) =>
        step.Match(
            connect: _ => (player.Done(), conversation.Connect()),
            send: send => (player.Done(), conversation.WaitUntil(send.Time).Send(send.Bytes.Span)),
            finish: finish => (player.Done(), conversation.WaitUntil(finish.Time).Finish()),
            receive: receive => Receive(player, conversation.WaitUntil(receive.Time))
        );

    private static (TranscriptPlayer, ReplayedConversation) Receive(
        TranscriptPlayer player,
        ReplayedConversation conversation
    ) =>
        conversation.Replies.IsEmpty
            ? (
                player.Received(conversation.IsClosed ? new PlayerInput.Closed() : new PlayerInput.Silence()),
                conversation
            )
            : (
                player.Received(
                    new PlayerInput.Line(conversation.Replies.Peek(), Ended: true, conversation.Wall)
                ),
                conversation.TakeReply()
            );
}
