using System;

namespace TinyTcp.Core;

/// <summary>
/// What a session makes of bytes: line after line, each judged once, in order (F-1 to F-7, J-1, S-1). How the bytes
/// were cut into pieces makes no difference to what is said.
/// </summary>
internal static class Reception
{
    /// <summary>Answers line after line, until no byte is left that nobody has looked at.</summary>
    internal static Step Receive(in Turn turn, ReadOnlyMemory<byte> bytes)
    {
        var step = Begin(turn, bytes.Span);
        while (
            step.Next.IsRead && step.Session.Listens && step.Session.Scanned < bytes.Length - step.Consumed
        )
        {
            step = Advance(turn, step, bytes[step.Consumed..]);
        }

        return step.Session.Phase == Phase.Closed ? Discard(step, bytes.Length) : step;
    }

    /// <summary>Throws away what comes after the last word (S-4).</summary>
    private static Step Discard(in Step step, int length)
    {
        var discarded = step.Session.Discarded + (long)(length - step.Consumed);
        var session = step.Session with { Discarded = (int)Math.Min(discarded, int.MaxValue) };
        return step with { Session = session, Consumed = length };
    }

    /// <summary>Judges the first byte of a conversation (S-8).</summary>
    private static Step Begin(in Turn turn, ReadOnlySpan<byte> bytes) =>
        turn.Session.Phase == Phase.Fresh && bytes is [Grammar.TlsHello, ..]
            ? turn.Move(turn.Stay, Signal.TlsHello)
            : turn.Stay;

    /// <summary>One move: as many plain requests as there are, or else one line or what there is of it.</summary>
    private static Step Advance(in Turn turn, in Step step, ReadOnlyMemory<byte> rest)
    {
        var (consumed, written) = turn.TakeShortcut(step, rest.Span);
        return consumed > 0
            ? turn.Move(step, Signal.Answered, consumed, written)
            : TakeLine(turn, step, rest);
    }

    private static Step TakeLine(in Turn turn, in Step step, ReadOnlyMemory<byte> rest)
    {
        var end = Lines.IndexOfEnd(rest.Span, step.Session.Scanned);
        var length = end < 0 ? rest.Length : end;
        return step.Session.Phase == Phase.Skipping ? Skip(turn, step, end, rest.Length)
            : length > turn.Limits.MaxLine
                ? Fail(turn, step, ProtocolError.LineTooLong, Signal.LimitPassed, consumed: 0)
            : end < 0 ? Wait(turn, step, length)
            : Answer(turn, step, Words.Trim(rest[..end]), consumed: end + 1);
    }

    /// <summary>Discards what is left of an overlong line (F-5).</summary>
    private static Step Skip(in Turn turn, in Step step, int end, int length) =>
        end < 0
            ? turn.Move(step, Signal.PartOfLine, consumed: length)
            : turn.Move(step, Signal.SkippedLine, consumed: end + 1);

    /// <summary>Remembers that an unfinished line has been looked at.</summary>
    private static Step Wait(in Turn turn, in Step step, int length)
    {
        var waiting = turn.Move(step, Signal.PartOfLine);
        return waiting with { Session = waiting.Session with { Scanned = length } };
    }

    /// <summary>One trimmed line, one judgement, at most one reply (J-1, R-1).</summary>
    private static Step Answer(in Turn turn, in Step step, ReadOnlyMemory<byte> line, int consumed)
    {
        if (line.IsEmpty)
        {
            return turn.Move(step, Signal.BlankLine, consumed);
        }

        var parsed = Protocol.ParseLine(line);
        return parsed.IsLeft
            ? Refuse(turn, step, (ProtocolError)parsed, consumed)
            : turn.Say(step, Protocol.Evaluate(parsed, turn.Now.Wall), SignalOf((Command)parsed), consumed);
    }

    private static Signal SignalOf(Command command) =>
        command.Match(
            time: static () => Signal.Answered,
            echo: static _ => Signal.Answered,
            help: static () => Signal.Answered,
            quit: static () => Signal.Quit
        );

    private static Step Refuse(in Turn turn, in Step step, ProtocolError error, int consumed) =>
        error.EndsConnection
            ? turn.Move(step, Signal.ForeignLine, consumed)
            : Fail(turn, step, error, Signal.Failed, consumed);

    /// <summary>Answers by an error; the one that reaches the limit also ends the conversation (S-7).</summary>
    private static Step Fail(in Turn turn, in Step step, ProtocolError error, Signal signal, int consumed) =>
        turn.Say(
            step,
            Reply.Error(error),
            step.Session.Errors == turn.Limits.MaxErrors - 1 ? Signal.ErrorsExceeded : signal,
            consumed
        );
}
