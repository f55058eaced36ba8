using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Connections;

/// <content>Sends requests.</content>
internal sealed partial class Connection
{
    // After a failed write, the server's last line may still arrive; it says why the server closed.
    private static readonly TimeSpan LastLineTimeout = TimeSpan.FromSeconds(1);

    private const int MinWaitingBeforeRemoval = 1_024;

    private int maxWaitingBeforeRemoval = MinWaitingBeforeRemoval;

    private bool CanSend =>
        state == State.Open
        && writeError.Length == 0
        && pending.Count + starting.Count < options.MaxPendingRequests
        && !writeBuffer.IsFull;

    /// <summary>Enqueues a request. Requests are sent in order, as far as the limits allow. Does not block.</summary>
    /// <returns>False if the connection has ended.</returns>
    internal bool TryEnqueue(IPendingRequest request)
    {
        lock (gate)
        {
            if (state == State.Ended)
            {
                return false;
            }

            RemoveCancelled();
            sendQueue.Enqueue(request);
        }

        WakeWriter();
        return true;
    }

    /// <summary>Removes requests that were cancelled while they wait, each time the queue has doubled.</summary>
    private void RemoveCancelled()
    {
        if (sendQueue.Count >= maxWaitingBeforeRemoval)
        {
            var remaining = sendQueue.Where(static request => !request.IsCompleted).ToArray();
            sendQueue.Clear();
            Array.ForEach(remaining, sendQueue.Enqueue);
            maxWaitingBeforeRemoval = Math.Max(MinWaitingBeforeRemoval, 2 * remaining.Length);
        }
    }

    private void WakeWriter() => wakeUps.Writer.TryWrite(Unit.Default);

    /// <summary>Wakes the write loop if requests wait: replies may have made room for them.</summary>
    private void WakeWriterIfWaiting()
    {
        bool mustWake;
        lock (gate)
        {
            mustWake = sendQueue.Count > 0;
        }

        if (mustWake)
        {
            WakeWriter();
        }
    }

    private async Task RunWriteLoopAsync(Stream stream)
    {
        try
        {
            while (await wakeUps.Reader.WaitToReadAsync(closing.Token).ConfigureAwait(false))
            {
                wakeUps.Reader.TryRead(out _);
                while (TryStartRequests())
                {
                    NotifySending(writeBuffer.Lines.Span);
                    MarkPending();
                    await WriteLinesAsync(stream, writeBuffer.Lines).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception)
        {
            OnException(exception);
        }
    }

    /// <summary>Moves requests that wait to the write buffer, as many as the limits allow.</summary>
    /// <returns>Whether there is anything to write.</returns>
    private bool TryStartRequests()
    {
        writeBuffer.Clear();
        lock (gate)
        {
            while (CanSend && sendQueue.TryDequeue(out var request))
            {
                if (!request.IsCompleted)
                {
                    state = request.Operation.IsQuit ? State.QuitSent : State.Open;
                    starting.Enqueue(request);
                    writeBuffer.Append(request.Operation);
                }
            }
        }

        return !writeBuffer.Lines.IsEmpty;
    }

    /// <summary>Starts the time of the requests in the write buffer, after the callbacks for them and before the write.</summary>
    private void MarkPending()
    {
        lock (gate)
        {
            var now = options.TimeProvider.GetTimestamp();
            while (starting.TryDequeue(out var request))
            {
                request.StartedAt = now;
                pending.Enqueue(request);
            }
        }

        replyTimer.Start();
    }

    private async ValueTask WriteLinesAsync(Stream stream, ReadOnlyMemory<byte> lines)
    {
        try
        {
            await stream.WriteAsync(lines, closing.Token).ConfigureAwait(false);
            await stream.FlushAsync(closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (StreamErrors.IsFailure(exception, closing.Token))
        {
            await OnWriteFailedAsync(StreamErrors.MessageOf(exception)).ConfigureAwait(false);
        }
    }

    /// <summary>Lets the read loop end the connection after a failed write, unless it first gets the server's last line.</summary>
    private async Task OnWriteFailedAsync(string message)
    {
        lock (gate)
        {
            writeError = message;
        }

        await Task.Delay(LastLineTimeout, options.TimeProvider, closing.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate)
        {
            isLastLineOverdue = true;
        }

        readInterrupt.Request();
    }

    private void NotifySending(ReadOnlySpan<byte> lines)
    {
        lock (callbackGate)
        {
            while (isConnectedNotified && !lines.IsEmpty)
            {
                var end = lines.IndexOf(Grammar.Lf);
                options.OnLine(new WireLine(WireDirection.Sent, lines[..end]));
                lines = lines[(end + 1)..];
            }
        }
    }
}
