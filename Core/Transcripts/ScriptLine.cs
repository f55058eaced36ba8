using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>A line of a transcript that is played.</summary>
/// <param name="Number">Its number in the transcript, from 1.</param>
/// <param name="Step">What the client does.</param>
/// <param name="Event">The event; none for CONNECT.</param>
internal sealed record ScriptLine(int Number, PlayerStep Step, Option<TranscriptEvent> Event)
{
    /// <summary>Whether it is a line of the server.</summary>
    internal bool IsFromServer =>
        Event.Exists(static @event => @event is TranscriptEvent.Received or TranscriptEvent.Optional);

    /// <summary>The line, if it is played.</summary>
    internal static Option<ScriptLine> From(TranscriptLine line, int number) =>
        line.Match(
            blank: static () => Option<ScriptLine>.None,
            comment: static _ => Option<ScriptLine>.None,
            field: static _ => Option<ScriptLine>.None,
            connect: connect => new ScriptLine(number, new PlayerStep.Connect(connect.Peer), default),
            entry: entry => new ScriptLine(number, StepOf(entry), entry.Event)
        );

    private static PlayerStep StepOf(TranscriptLine.Entry entry) =>
        entry.Event.Match<PlayerStep>(
            sent: sent => new PlayerStep.Send(entry.Time, sent.All),
            received: _ => new PlayerStep.Receive(entry.Time, PlayerWait.Required),
            optional: _ => new PlayerStep.Receive(entry.Time, PlayerWait.Optional),
            finished: () => new PlayerStep.Finish(entry.Time),
            closed: () => new PlayerStep.Receive(entry.Time, PlayerWait.Required)
        );
}
