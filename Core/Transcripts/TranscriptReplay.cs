using System.Collections.Immutable;
using System.Linq;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>Whether this protocol's own session talks as a transcript says: the client's part is replayed to it.</summary>
public static class TranscriptReplay
{
    /// <summary>
    /// Replays every conversation of a transcript. Each begins with a new session and a clock at zero; the wall
    /// clock stands still, so that a transcript may name it.
    /// </summary>
    /// <param name="transcript">What is to be said.</param>
    /// <param name="limits">The server's limits.</param>
    /// <param name="wall">What TIME answers.</param>
    /// <returns>
    /// The differences, in order; none where the transcript is right. A reply that it does not write is one too;
    /// a close that it does not write is none.
    /// </returns>
    public static ImmutableArray<Mismatch> Replay(Transcript transcript, Limits limits, Timestamp wall)
    {
        ReplayState none = new ReplayState(ReplayedConversation.None(limits, wall), Line: 0, []);
        return
        [
            .. transcript
                .Lines.Select(static (line, index) => (line, number: index + 1))
                .Aggregate(none, static (verdict, at) => verdict.After(at.line, at.number))
                .AtEnd()
                .Mismatches,
        ];
    }
}
