using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <content>Requests on their way out.</content>
internal sealed partial class Connection
{
    // How long a server may take to say why it takes no more.
    private static readonly TimeSpan CloseGracePeriod = TimeSpan.FromSeconds(1);

    private bool CanStartRequest =>
        state == State.Open && pending.Count < options.MaxPendingRequests && !writeBuffer.IsFull;

    /// <summary>Asks, at once or when there is room, without waiting for anything: whoever waits for it will hear.</summary>
    /// <returns>False where the conversation is over: nothing was asked.</returns>
    internal bool TryEnqueue(IPendingRequest request)
    {
        bool mustSend;
        try
        {
            lock (gate)
            {
                if (isEnded)
                {
                    return false;
                }

                waiting.Enqueue(request);
                mustSend = StartWaiting();
            }
        }
        catch (Exception observers)
        {
            DisconnectWithException(observers);
            return true;
        }

        StartWriterIf(mustSend);
        return true;
    }

    /// <summary>Asks what waits for room, as far as there is some by now.</summary>
    private void SendWaiting()
    {
        bool mustSend;
        lock (gate)
        {
            mustSend = StartWaiting();
        }

        StartWriterIf(mustSend);
    }

    /// <summary>Takes up requests in the order in which they came, as far as there is room.</summary>
    /// <returns>Whether whoever called has to send them, as nobody does.</returns>
    private bool StartWaiting()
    {
        while (CanStartRequest && waiting.TryDequeue(out var request))
        {
            if (!request.IsCompleted)
            {
                state = request.Operation.IsQuit ? State.QuitSent : State.Open;
                StartRequest(request);
            }
        }

        var mustSend = !isSending && !writeBuffer.IsEmpty;
        isSending |= mustSend;
        return mustSend;
    }

    private void StartRequest(IPendingRequest request)
    {
        request.StartedAt = options.TimeProvider.GetTimestamp();
        pending.Enqueue(request);
        var line = writeBuffer.Append(request.Operation);
        replyTimer.Start();
        options.OnLine(new WireLine(WireDirection.Sent, line));
    }

    private void StartWriterIf(bool isNeeded)
    {
        if (isNeeded)
        {
            _ = RunWriterAsync();
        }
    }

    /// <summary>Sends what has been asked, until there is nothing left. It ends without an exception.</summary>
    private async Task RunWriterAsync()
    {
        try
        {
            await WriteBufferedAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (IsCausedByClose(gone))
        {
            // Everybody has been told.
        }
        catch (Exception others)
        {
            DisconnectWithException(others);
        }

        if (ended.Task.IsCompleted)
        {
            writerStopped.TrySetResult();
        }
    }

    private async Task WriteBufferedAsync()
    {
        var batch = 0L;
        while (TryTakeBuffered(out var requests))
        {
            if (++batch == 2)
            {
                // What others have asked meanwhile is not for this caller's thread to send.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            var broken = await WriteAsync(requests).ConfigureAwait(false);
            if (broken.IsSome)
            {
                await OnWriteFailedAsync((string)broken).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Writes, and nothing else: what a function of the caller's throws is not the stream's.</summary>
    /// <returns>Why it could not be written, if so.</returns>
    private async ValueTask<Option<string>> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await stream.WriteAsync(bytes, cancellation.Token).ConfigureAwait(false);
            await stream.FlushAsync(cancellation.Token).ConfigureAwait(false);
            return default;
        }
        catch (IOException broken)
        {
            return StreamErrors.MessageOf(broken);
        }
    }

    private bool TryTakeBuffered(out ReadOnlyMemory<byte> requests)
    {
        lock (gate)
        {
            isSending = writeBuffer.TryTakeAll(out requests) && !isEnded;
            if (isSending)
            {
                StartWaiting();
            }

            return isSending;
        }
    }

    /// <summary>
    /// A write has failed. It is not the last word: the server may have said why before it closed, and whoever reads
    /// will know. But it may read no more, and keep silent.
    /// </summary>
    private async Task OnWriteFailedAsync(string message)
    {
        lock (gate)
        {
            writeError = message;
        }

        await Task.Delay(CloseGracePeriod, options.TimeProvider, cancellation.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Disconnect(new ClientError.ConnectionLost(OldestOperation(), message, PartialLine: ""));
    }
}
