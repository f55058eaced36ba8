using System;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// What a session makes of bytes: line after line, each judged once, in order (F-1 to F-7, J-1, S-1). How the bytes
/// were cut into pieces makes no difference to what is said.
/// </summary>
internal static class LineProcessor
{
    /// <summary>Answers line after line, until no byte is left that nobody has looked at.</summary>
    internal static StepResult Receive(in StepContext turn, ReadOnlyMemory<byte> bytes)
    {
        StepResult step = Begin(turn, bytes.Span);
        while (
            step.Next.IsRead && step.Session.Listens && step.Session.Scanned < bytes.Length - step.Consumed
        )
        {
            step = Advance(turn, step, bytes[step.Consumed..]);
        }

        return step.Session.State == SessionState.Ended ? Discard(step, bytes.Length) : step;
    }

    /// <summary>Throws away what comes after the last word (S-4).</summary>
    private static StepResult Discard(in StepResult step, int length)
    {
        var discarded = step.Session.Discarded + (long)(length - step.Consumed);
        var session = step.Session with { Discarded = (int)Math.Min(discarded, int.MaxValue) };
        return step with { Session = session, Consumed = length };
    }

    /// <summary>Judges the first byte of a conversation (S-8).</summary>
    private static StepResult Begin(in StepContext turn, ReadOnlySpan<byte> bytes) =>
        turn.Session.State == SessionState.Greeted && bytes is [Grammar.TlsHello, ..]
            ? turn.Move(turn.Stay, Trigger.TlsHello)
            : turn.Stay;

    /// <summary>One move: as many plain requests as there are, or else one line or what there is of it.</summary>
    private static StepResult Advance(in StepContext turn, in StepResult step, ReadOnlyMemory<byte> rest)
    {
        var (consumed, written) = turn.TakeShortcut(step, rest.Span);
        return consumed > 0
            ? turn.Move(step, Trigger.Answered, consumed, written)
            : TakeLine(turn, step, rest);
    }

    private static StepResult TakeLine(in StepContext turn, in StepResult step, ReadOnlyMemory<byte> rest)
    {
        var end = LineFraming.IndexOfLineEnd(rest.Span, step.Session.Scanned);
        var length = end < 0 ? rest.Length : end;
        return step.Session.State == SessionState.DiscardingLine ? Skip(turn, step, end, rest.Length)
            : length > turn.Limits.MaxLine
                ? Fail(turn, step, ErrorCode.LineTooLong, Trigger.LineTooLong, consumed: 0)
            : end < 0 ? Wait(turn, step, length)
            : Answer(turn, step, Tokenizer.Trim(rest[..end]), consumed: end + 1);
    }

    /// <summary>Discards what is left of an overlong line (F-5).</summary>
    private static StepResult Skip(in StepContext turn, in StepResult step, int end, int length) =>
        end < 0
            ? turn.Move(step, Trigger.PartialLine, consumed: length)
            : turn.Move(step, Trigger.DiscardedLineEnded, consumed: end + 1);

    /// <summary>Remembers that an unfinished line has been looked at.</summary>
    private static StepResult Wait(in StepContext turn, in StepResult step, int length)
    {
        StepResult waiting = turn.Move(step, Trigger.PartialLine);
        return waiting with { Session = waiting.Session with { Scanned = length } };
    }

    /// <summary>One trimmed line, one judgement, at most one reply (J-1, R-1).</summary>
    private static StepResult Answer(
        in StepContext turn,
        in StepResult step,
        ReadOnlyMemory<byte> line,
        int consumed
    )
    {
        if (line.IsEmpty)
        {
            return turn.Move(step, Trigger.BlankLine, consumed);
        }

        var parsed = Protocol.ParseLine(line);
        return parsed.IsLeft
            ? Refuse(turn, step, (ErrorCode)parsed, consumed)
            : turn.Say(step, Protocol.Evaluate(parsed, turn.Now.Wall), SignalOf((Command)parsed), consumed);
    }

    private static Trigger SignalOf(Command command) =>
        command.Match(
            time: static () => Trigger.Answered,
            echo: static _ => Trigger.Answered,
            help: static () => Trigger.Answered,
            quit: static () => Trigger.Quit
        );

    private static StepResult Refuse(
        in StepContext turn,
        in StepResult step,
        ErrorCode error,
        int consumed
    ) =>
        error.EndsConnection
            ? turn.Move(step, Trigger.WrongProtocolLine, consumed)
            : Fail(turn, step, error, Trigger.AnsweredWithError, consumed);

    /// <summary>Answers by an error; the one that reaches the limit also ends the conversation (S-7).</summary>
    private static StepResult Fail(
        in StepContext turn,
        in StepResult step,
        ErrorCode error,
        Trigger signal,
        int consumed
    ) =>
        turn.Say(
            step,
            Reply.Error(error),
            step.Session.Errors == turn.Limits.MaxErrors - 1 ? Trigger.ErrorsExceeded : signal,
            consumed
        );
}
