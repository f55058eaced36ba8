using System.Globalization;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// Which line of a transcript may follow which: nothing happens before CONNECT or after CLOSED, no request follows
/// FINISH, and time does not run back. <c>default(TranscriptOrder)</c> is the start of a file.
/// </summary>
internal readonly record struct TranscriptOrder
{
    private enum Stage : byte
    {
        Unconnected,
        Open,
        Finished,
        Closed,
    }

    private Stage At { get; init; }

    private uint Clock { get; init; }

    /// <summary>What had to stand here, where a line may not.</summary>
    internal Option<string> Objection(TranscriptLine line) =>
        line is TranscriptLine.Entry happened
            ? ObjectionTo(happened.At.IfNone(Clock), happened.Event)
            : Option<string>.None;

    /// <summary>The order after a line that may stand here.</summary>
    internal TranscriptOrder After(TranscriptLine line) =>
        line switch
        {
            TranscriptLine.Connect => new() { At = Stage.Open },
            TranscriptLine.Entry happened => new()
            {
                At = StageAfter(happened.Event),
                Clock = happened.At.IfNone(Clock),
            },
            _ => this,
        };

    private Option<string> ObjectionTo(uint time, TranscriptEvent happened) =>
        At is Stage.Unconnected or Stage.Closed ? "CONNECT to host:port first"
        : At is Stage.Finished && happened is (TranscriptEvent.Sent or TranscriptEvent.Finished)
            ? "no request after FINISH"
        : time < Clock ? string.Create(CultureInfo.InvariantCulture, $"@{Clock / 1000m:0.000} or later")
        : Option<string>.None;

    private Stage StageAfter(TranscriptEvent happened) =>
        happened switch
        {
            TranscriptEvent.Finished => Stage.Finished,
            TranscriptEvent.Closed => Stage.Closed,
            _ => At,
        };
}
