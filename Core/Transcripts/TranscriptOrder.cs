using System.Globalization;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// Which line of a transcript may follow which: no event before CONNECT or after CLOSED, no request after FINISH, and no
/// time before an earlier one. <c>default(TranscriptOrder)</c> is the start of a file.
/// </summary>
internal readonly record struct TranscriptOrder
{
    private enum Progress : byte
    {
        Unconnected,
        Open,
        Finished,
        Closed,
    }

    private Progress At { get; init; }

    private uint Clock { get; init; }

    /// <summary>What was expected instead of a line that is not allowed here; none if it is.</summary>
    internal Option<string> Violation(TranscriptLine line) =>
        line is TranscriptLine.Entry entry
            ? ViolationBy(entry.At.IfNone(Clock), entry.Event)
            : Option<string>.None;

    /// <summary>The order after a line that is allowed here.</summary>
    internal TranscriptOrder After(TranscriptLine line) =>
        line switch
        {
            TranscriptLine.Connect => new() { At = Progress.Open },
            TranscriptLine.Entry entry => new()
            {
                At = ProgressAfter(entry.Event),
                Clock = entry.At.IfNone(Clock),
            },
            _ => this,
        };

    private Option<string> ViolationBy(uint time, TranscriptEvent @event) =>
        At is Progress.Unconnected or Progress.Closed ? "CONNECT to host:port first"
        : At is Progress.Finished && @event is (TranscriptEvent.Sent or TranscriptEvent.Finished)
            ? "no request after FINISH"
        : time < Clock ? string.Create(CultureInfo.InvariantCulture, $"@{Clock / 1000m:0.000} or later")
        : Option<string>.None;

    private Progress ProgressAfter(TranscriptEvent @event) =>
        @event switch
        {
            TranscriptEvent.Finished => Progress.Finished,
            TranscriptEvent.Closed => Progress.Closed,
            _ => At,
        };
}
