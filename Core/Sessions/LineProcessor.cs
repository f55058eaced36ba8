using System;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Sessions;

/// <summary>
/// Answers received bytes line by line, in order (F-1 to F-7, J-1, S-1). How the bytes were split on the way makes no
/// difference to the replies.
/// </summary>
internal static class LineProcessor
{
    /// <summary>Answers line after line until every byte has been scanned or the destination is full.</summary>
    internal static StepResult Receive(in StepContext context, ReadOnlyMemory<byte> bytes)
    {
        var step = Begin(context, bytes.Span);
        while (
            step.Next.IsRead && step.Session.IsActive && step.Session.Scanned < bytes.Length - step.Consumed
        )
        {
            step = ProcessNext(context, step, bytes[step.Consumed..]);
        }

        return step.Session.State == SessionState.Ended ? Discard(step, bytes.Length) : step;
    }

    /// <summary>Checks the first byte of a conversation (S-8).</summary>
    private static StepResult Begin(in StepContext context, ReadOnlySpan<byte> bytes) =>
        context.Session.State == SessionState.Greeted && bytes is [Grammar.TlsHello, ..]
            ? context.Apply(Trigger.TlsHello)
            : context.Unchanged;

    /// <summary>Discards what follows the final reply (S-4).</summary>
    private static StepResult Discard(in StepResult step, int length)
    {
        var discarded = step.Session.Discarded + (long)(length - step.Consumed);
        var session = step.Session with { Discarded = (int)Math.Min(discarded, int.MaxValue) };
        return step with { Session = session, Consumed = length };
    }

    /// <summary>Answers the canonical ECHO requests at the start, or else processes one line, or a part of one.</summary>
    private static StepResult ProcessNext(
        in StepContext context,
        in StepResult step,
        ReadOnlyMemory<byte> rest
    )
    {
        var echoed = step.Session.IsBetweenLines
            ? FastPath.Echo(rest.Span, context.Limits.MaxLine, context.DestinationAfter(step.Written))
            : 0;
        return echoed > 0
            ? context.Apply(step, Trigger.Answered, consumed: echoed, written: echoed)
            : ProcessLine(context, step, rest);
    }

    private static StepResult ProcessLine(
        in StepContext context,
        in StepResult step,
        ReadOnlyMemory<byte> rest
    )
    {
        var end = LineFraming.IndexOfLineEnd(rest.Span, step.Session.Scanned);
        var length = end < 0 ? rest.Length : end;
        return step.Session.State == SessionState.DiscardingLine
                ? DiscardLine(context, step, end, rest.Length)
            : length > context.Limits.MaxLine
                ? AnswerWithError(context, step, ErrorCode.LineTooLong, Trigger.LineTooLong, consumed: 0)
            : end < 0 ? Wait(context, step, length)
            : AnswerLine(context, step, Tokenizer.Trim(rest[..end]), consumed: end + 1);
    }

    /// <summary>Discards the rest of an overlong line (F-5).</summary>
    private static StepResult DiscardLine(in StepContext context, in StepResult step, int end, int length) =>
        end < 0
            ? context.Apply(step, Trigger.PartialLine, consumed: length)
            : context.Apply(step, Trigger.DiscardedLineEnded, consumed: end + 1);

    /// <summary>Remembers how much of an unfinished line has been scanned.</summary>
    private static StepResult Wait(in StepContext context, in StepResult step, int length)
    {
        var waiting = context.Apply(step, Trigger.PartialLine);
        return waiting with { Session = waiting.Session with { Scanned = length } };
    }

    /// <summary>Answers one trimmed line with at most one reply (J-1, R-1).</summary>
    private static StepResult AnswerLine(
        in StepContext context,
        in StepResult step,
        ReadOnlyMemory<byte> line,
        int consumed
    )
    {
        if (line.IsEmpty)
        {
            return context.Apply(step, Trigger.BlankLine, consumed);
        }

        var parsed = Protocol.ParseLine(line);
        if (parsed.IsLeft)
        {
            return Reject(context, step, (ErrorCode)parsed, consumed);
        }

        var command = (Command)parsed;
        var trigger = command.Kind == CommandKind.Quit ? Trigger.Quit : Trigger.Answered;
        return context.Reply(step, Protocol.Evaluate(command, context.Now.Wall), trigger, consumed);
    }

    private static StepResult Reject(
        in StepContext context,
        in StepResult step,
        ErrorCode error,
        int consumed
    ) =>
        error.EndsConnection
            ? context.Apply(step, Trigger.WrongProtocolLine, consumed)
            : AnswerWithError(context, step, error, Trigger.AnsweredWithError, consumed);

    /// <summary>Answers with an error; the one that reaches the limit also ends the conversation (S-7).</summary>
    private static StepResult AnswerWithError(
        in StepContext context,
        in StepResult step,
        ErrorCode error,
        Trigger trigger,
        int consumed
    ) =>
        context.Reply(
            step,
            Replies.Reply.Error(error),
            step.Session.Errors == context.Limits.MaxErrors - 1 ? Trigger.ErrorsExceeded : trigger,
            consumed
        );
}
