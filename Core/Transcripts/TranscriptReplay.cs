using System;
using System.Collections.Immutable;
using System.Linq;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Core.Transcripts;

/// <summary>Replays the client's part of a transcript to a session, and compares the replies.</summary>
public static class TranscriptReplay
{
    /// <summary>
    /// Replays every conversation of a transcript. Each begins with a new session and a clock at zero; the wall clock does
    /// not move, so that a transcript may contain it.
    /// </summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="limits">The server's limits.</param>
    /// <param name="wall">The time that TIME replies with.</param>
    /// <returns>
    /// The differences, in order. A reply that the transcript lacks is a difference; a close that it lacks is not.
    /// </returns>
    public static ImmutableArray<Mismatch> Replay(Transcript transcript, Limits limits, DateTimeOffset wall)
    {
        var none = new ReplayState(ReplayedConversation.None(limits, wall), Line: 0, []);
        return
        [
            .. transcript
                .Lines.Select(static (line, index) => (line, number: index + 1))
                .Aggregate(none, static (state, at) => state.After(at.line, at.number))
                .AtEnd()
                .Mismatches,
        ];
    }
}
