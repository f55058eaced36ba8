using System;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>Which line of a transcript may follow which. <c>default(TranscriptOrder)</c> is the start of a file.</summary>
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

    /// <summary>The time of the last event, since the client connected.</summary>
    private TimeSpan Clock { get; init; }

    /// <summary>What was expected instead of a line that is not allowed here; none if it is.</summary>
    internal Option<string> Violation(TranscriptLine line) =>
        line switch
        {
            TranscriptLine.Entry entry => ViolationBy(entry),
            TranscriptLine.Field when At != Progress.Unconnected => "fields only before the first CONNECT",
            _ => Option<string>.None,
        };

    /// <summary>The order after a line that is allowed here.</summary>
    internal TranscriptOrder After(TranscriptLine line) =>
        line switch
        {
            TranscriptLine.Connect => new() { At = Progress.Open },
            TranscriptLine.Entry entry => new()
            {
                At = ProgressAfter(entry.Event),
                Clock = entry.SinceConnect(Clock),
            },
            _ => this,
        };

    private Option<string> ViolationBy(TranscriptLine.Entry entry) =>
        At is Progress.Unconnected or Progress.Closed ? "CONNECT to host:port first"
        : At is Progress.Finished && entry.Event is (TranscriptEvent.Sent or TranscriptEvent.Finished)
            ? "no request after FINISH"
        : entry.SinceConnect(Clock) < Clock ? $"{TranscriptTime.At(Clock)} or later"
        : Option<string>.None;

    private Progress ProgressAfter(TranscriptEvent @event) =>
        @event switch
        {
            TranscriptEvent.Finished => Progress.Finished,
            TranscriptEvent.Closed => Progress.Closed,
            _ => At,
        };
}
