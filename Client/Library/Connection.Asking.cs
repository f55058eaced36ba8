using TinyTcp.Core;

namespace TinyTcp.Client;

/// <summary>What became of a request that was to be asked.</summary>
internal enum Asked
{
    /// <summary>It is on its way, or answered already: whoever waits for it will hear.</summary>
    Taken,

    /// <summary>As many are on their way as may be.</summary>
    NoRoom,

    /// <summary>The conversation is over: nothing was asked.</summary>
    Over,
}

/// <content>Requests on their way out.</content>
internal sealed partial class Connection
{
    private static readonly Awaited Quit = Awaited.ReplyTo(Command.Quit);

    /// <summary>Asks, without waiting for anything.</summary>
    internal Asked TryAsk(IPending request)
    {
        bool mustSend;
        try
        {
            lock (gate)
            {
                if (ended.Task.IsCompleted || pending.Count >= options.MaxPipelined)
                {
                    return ended.Task.IsCompleted ? Asked.Over : Asked.NoRoom;
                }

                mustSend = Accept(request) && !isSending;
                isSending |= mustSend;
            }
        }
        catch (Exception observers)
        {
            Break(observers);
            return Asked.Taken;
        }

        if (mustSend)
        {
            _ = SendAsync();
        }

        return Asked.Taken;
    }

    /// <summary>Ends when another request may find room, or none is needed any more.</summary>
    internal Task RoomAsync()
    {
        lock (gate)
        {
            if (ended.Task.IsCompleted || pending.Count < options.MaxPipelined)
            {
                return Task.CompletedTask;
            }

            var made = roomMade.IfNone(static () => new(TaskCreationOptions.RunContinuationsAsynchronously));
            roomMade = made;
            return made.Task;
        }
    }

    private bool Accept(IPending request)
    {
        if (stage != Stage.Open)
        {
            request.Fail(new ClientError.Over(EndedBy.Quit));
            return false;
        }

        stage = request.Awaited == Quit ? Stage.Quitting : Stage.Open;
        Add(request);
        VerifyIfDue();
        return true;
    }

    private void Add(IPending request)
    {
        request.Since = options.Time.GetTimestamp();
        pending.Enqueue(request);
        var line = outbox.Add(request.Awaited);
        patience.Begin();
        options.Observer(new WireLine(WireDirection.Sent, line));
    }

    /// <summary>Now and then asks for something that nobody can have said before: then no reply can be another's.</summary>
    private void VerifyIfDue()
    {
        if (options.VerifyEvery > 0 && stage == Stage.Open && --untilVerified == 0)
        {
            untilVerified = options.VerifyEvery;
            var nonce = Nonce.New();
            Text.From(nonce).Iter(text => Add(new Echoing(text, nonce)));
        }
    }

    /// <summary>Sends what has been asked, until there is nothing left.</summary>
    private async Task SendAsync()
    {
        try
        {
            while (TryTakeRequests(out var requests))
            {
                await stream.WriteAsync(requests, closing.Token).ConfigureAwait(false);
                await stream.FlushAsync(closing.Token).ConfigureAwait(false);
            }
        }
        catch (IOException broken)
        {
            // Not the last word: the server may have said why before it closed. Whoever reads will know.
            lock (gate)
            {
                unsent = Broken.Words(broken);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or ObjectDisposedException)
        {
            // The conversation has ended meanwhile, and everybody has been told.
        }
    }

    private bool TryTakeRequests(out ReadOnlyMemory<byte> requests)
    {
        lock (gate)
        {
            isSending = outbox.TryTake(out requests);
            return isSending;
        }
    }
}
