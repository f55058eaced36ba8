using System;
using System.Collections.Immutable;
using System.Linq;

namespace TinyTcp.Core.Transcripts;

/// <summary>Plays the server's part of transcripts, as a mock server does.</summary>
public static class TranscriptServer
{
    /// <summary>
    /// A player for each conversation: to connect is to accept, and to finish is to close. What the client sends is received line by
    /// line, however it was cut; optional lines are not sent; the client may finish when it likes.
    /// </summary>
    /// <param name="transcript">What to play.</param>
    /// <param name="now">The time of day, for placeholders.</param>
    public static ImmutableArray<TranscriptPlayer> Start(Transcript transcript, DateTimeOffset now) =>
        [
            .. ServerScript
                .Of(transcript, now)
                .Select(static lines => new TranscriptPlayer(ScriptPosition.Start(lines))),
        ];
}
