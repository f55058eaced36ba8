using LanguageExt;

namespace TinyTcp.Client;

/// <content>Requests on their way out.</content>
internal sealed partial class Connection
{
    // How long a server may take to say why it takes no more.
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(1);

    private bool HasRoom => stage == Stage.Open && pending.Count < options.MaxPipelined && !outbox.IsFull;

    /// <summary>Asks, at once or when there is room, without waiting for anything: whoever waits for it will hear.</summary>
    /// <returns>False where the conversation is over: nothing was asked.</returns>
    internal bool TryAsk(IPending request)
    {
        bool mustSend;
        try
        {
            lock (gate)
            {
                if (isEnding)
                {
                    return false;
                }

                waiting.Enqueue(request);
                mustSend = Admit();
            }
        }
        catch (Exception observers)
        {
            Break(observers);
            return true;
        }

        SendIf(mustSend);
        return true;
    }

    /// <summary>Asks what waits for room, as far as there is some by now.</summary>
    private void TakeUp()
    {
        bool mustSend;
        lock (gate)
        {
            mustSend = Admit();
        }

        SendIf(mustSend);
    }

    /// <summary>Takes up requests in the order in which they came, as far as there is room.</summary>
    /// <returns>Whether whoever called has to send them, as nobody does.</returns>
    private bool Admit()
    {
        while (HasRoom && waiting.TryDequeue(out var request))
        {
            if (!request.IsGivenUp)
            {
                stage = request.Awaited.IsQuit ? Stage.Quitting : Stage.Open;
                Add(request);
            }
        }

        var mustSend = !isSending && !outbox.IsEmpty;
        isSending |= mustSend;
        return mustSend;
    }

    private void Add(IPending request)
    {
        request.Since = options.Time.GetTimestamp();
        pending.Enqueue(request);
        var line = outbox.Add(request.Awaited);
        patience.Begin();
        options.Observer(new WireLine(WireDirection.Sent, line));
    }

    private void SendIf(bool mustSend)
    {
        if (mustSend)
        {
            _ = SendAsync();
        }
    }

    /// <summary>Sends what has been asked, until there is nothing left. It ends without an exception.</summary>
    private async Task SendAsync()
    {
        try
        {
            await SendAllAsync().ConfigureAwait(false);
        }
        catch (Exception gone) when (IsAfterTheEnd(gone))
        {
            // Everybody has been told.
        }
        catch (Exception others)
        {
            Break(others);
        }

        if (ended.Task.IsCompleted)
        {
            sent.TrySetResult();
        }
    }

    private async Task SendAllAsync()
    {
        var batch = 0L;
        while (TryTakeRequests(out var requests))
        {
            if (++batch == 2)
            {
                // What others have asked meanwhile is not for this caller's thread to send.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }

            var broken = await WriteAsync(requests).ConfigureAwait(false);
            if (broken.IsSome)
            {
                await LoseAsync((string)broken).ConfigureAwait(false);
                return;
            }
        }
    }

    /// <summary>Writes, and nothing else: what a function of the caller's throws is not the stream's.</summary>
    /// <returns>Why it could not be written, if so.</returns>
    private async ValueTask<Option<string>> WriteAsync(ReadOnlyMemory<byte> requests)
    {
        try
        {
            await stream.WriteAsync(requests, closing.Token).ConfigureAwait(false);
            await stream.FlushAsync(closing.Token).ConfigureAwait(false);
            return default;
        }
        catch (IOException broken)
        {
            return Broken.Words(broken);
        }
    }

    private bool TryTakeRequests(out ReadOnlyMemory<byte> requests)
    {
        lock (gate)
        {
            isSending = outbox.TryTake(out requests) && !isEnding;
            if (isSending)
            {
                Admit();
            }

            return isSending;
        }
    }

    /// <summary>
    /// A write has failed. It is not the last word: the server may have said why before it closed, and whoever reads
    /// will know. But it may read no more, and keep silent.
    /// </summary>
    private async Task LoseAsync(string how)
    {
        lock (gate)
        {
            unsent = how;
        }

        await Task.Delay(LastWord, options.Time, closing.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        End(new ClientError.Lost(Oldest(), how, Begun: ""));
    }
}
