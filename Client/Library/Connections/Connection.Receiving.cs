using System.Diagnostics.CodeAnalysis;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Replies;

namespace TinyTcp.Client.Connections;

/// <content>Receives replies.</content>
internal sealed partial class Connection
{
    private async Task RunReadLoopAsync(LineReader reader)
    {
        try
        {
            Option<ClientError> end = default;
            while (end.IsNone)
            {
                if (reader.TryReadLine(out var line))
                {
                    end = OnLine(line);
                    continue;
                }

                WakeWriterIfWaiting();
                try
                {
                    end = await reader
                        .ReceiveAsync(OldestOperation, readInterrupt.Token)
                        .ConfigureAwait(false);
                    readInterrupt.OnReceived();
                }
                catch (OperationCanceledException) when (readInterrupt.TryReset())
                {
                    end = readInterrupt.OnInterrupted(FindOverdue);
                }
            }

            End(ToEndReason((ClientError)end));
        }
        catch (Exception exception)
        {
            OnException(exception);
        }
    }

    /// <summary>Handles a line: the reply to the oldest pending request, or the last line of the connection.</summary>
    /// <returns>Why the connection ends, if it does.</returns>
    private Option<ClientError> OnLine(ReadOnlyMemory<byte> line)
    {
        // Dequeue before the callback, so that the timer cannot fire for the reply that is being handled.
        if (!TryDequeueOldest(out var oldest, out var isByeReceived))
        {
            NotifyReceived(line.Span);
            return isByeReceived
                ? ReceivedReply.ToUnsolicitedLine(Quote.Of(line.Span))
                : ReceivedReply.ToUnsolicitedError(line);
        }

        try
        {
            NotifyReceived(line.Span);
            return OnReply(oldest, line);
        }
        catch (Exception exception)
        {
            // The request is in no queue, so the end of the connection does not complete it.
            OnException(exception);
            oldest.FailWithException(exception);
            throw;
        }
    }

    private void NotifyReceived(ReadOnlySpan<byte> line)
    {
        lock (callbackGate)
        {
            if (isConnectedNotified)
            {
                options.OnLine(new WireLine(WireDirection.Received, line));
            }
        }
    }

    private Option<ClientError> OnReply(IPendingRequest request, ReadOnlyMemory<byte> line)
    {
        var reply = ReceivedReply.Parse(line, request.Operation);
        if (request.Operation.IsQuit && reply.Exists(static received => received.Reply == Reply.Bye))
        {
            OnBye(request, (ReceivedReply)reply);
            return default;
        }

        var error = reply.IsLeft ? (ClientError)reply : request.OnReply((ReceivedReply)reply);
        var end = error.Filter(static known => known.EndsConnection);
        if (end.IsSome)
        {
            // The state is Ended before the request completes, so that an immediate retry uses the next connection.
            EndWithError(request, (ClientError)end);
        }
        else
        {
            HasReceivedReply = true;
            if (request.Operation.IsQuit)
            {
                OnQuitRejected();
            }
        }

        metrics.RequestCompleted(request.StartedAt, error);
        return end;
    }

    private void EndWithError(IPendingRequest request, ClientError error)
    {
        if (!TryEnd(error, default, Prelude.Some(request)))
        {
            EndReason.Iter(request.Fail);
        }
    }

    /// <summary>Keeps the QUIT pending until the server closes: the connection's end completes it.</summary>
    private void OnBye(IPendingRequest quit, ReceivedReply reply)
    {
        Option<ClientError> reason;
        lock (gate)
        {
            reason = endReason;
            if (state != State.Ended)
            {
                acknowledgedQuit = (quit, reply with { Line = reply.Line.ToArray() });
                state = State.ByeReceived;
                byeReceivedAt = options.TimeProvider.GetTimestamp();
                replyTimer.Start();
            }
        }

        if (reason.IsSome)
        {
            metrics.RequestCompleted(quit.StartedAt, reason);
            quit.Fail((ClientError)reason);
        }
    }

    private void OnQuitRejected()
    {
        lock (gate)
        {
            state = state == State.QuitSent ? State.Open : state;
        }
    }

    /// <param name="oldest">The oldest pending request.</param>
    /// <param name="isByeReceived">Whether no line may follow.</param>
    /// <returns>False if no request is pending.</returns>
    private bool TryDequeueOldest([MaybeNullWhen(false)] out IPendingRequest oldest, out bool isByeReceived)
    {
        lock (gate)
        {
            isByeReceived = state == State.ByeReceived;
            return pending.TryDequeue(out oldest);
        }
    }

    private PendingOperation OldestOperation()
    {
        lock (gate)
        {
            return pending.TryPeek(out var oldest) || starting.TryPeek(out oldest) ? oldest.Operation
                : state == State.ByeReceived ? PendingOperation.Close
                : PendingOperation.Request;
        }
    }
}
