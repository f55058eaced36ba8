using LanguageExt;

namespace TinyTcp.Client;

/// <summary>One batch on its connection: requests leave and replies come at the same time.</summary>
internal sealed class BatchRun : IAsyncDisposable
{
    // How long a server that has said everything may take to close. It need not: then the client leaves.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Stream connection;
    private readonly LineReader reader;
    private readonly ClientOptions options;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> replies;
    private readonly Action<long> answered;
    private readonly RequestFeed feed;
    private readonly ReplyWalk walk;
    private readonly Debt debt;
    private readonly Patience forClose;
    private readonly CancellationTokenSource giveUp = new();
    private long allAsked = -1;
    private volatile string unsent = "";
    private volatile bool hasFed;
    private volatile bool hasLeft;
    private int answeredPieces;

    internal BatchRun(
        Stream connection,
        LineReader reader,
        ClientOptions options,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> replies,
        Action<long> answered
    )
    {
        (this.connection, this.reader, this.options) = (connection, reader, options);
        (this.replies, this.answered) = (replies, answered);
        debt = new(options, giveUp.Cancel);
        forClose = new(Grace, options.Time, AllSaidSince, Leave);
        feed = new(connection, debt);
        walk = new(feed.Next, Done);
    }

    /// <summary>Sends all requests, and hears all replies.</summary>
    internal async Task<BatchOutcome> RunAsync(Stream requests, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, giveUp.Token);
        var feeding = FeedAsync(requests, either.Token);
        Option<ClientError> ended;
        try
        {
            ended = await HearAllAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            await giveUp.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // If the requests could not be read, that is the caller's to know, now that all that was asked has been answered.
        await feeding.ConfigureAwait(false);
        return new(walk.Replies, walk.Refusals, ended || walk.FirstRefusal);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await debt.DisposeAsync().ConfigureAwait(false);
        await forClose.DisposeAsync().ConfigureAwait(false);
    }

    private async Task FeedAsync(Stream requests, CancellationToken cancellationToken)
    {
        try
        {
            unsent = (await feed.SendAllAsync(requests, cancellationToken).ConfigureAwait(false)).IfNone("");

            // The server may close before the shutdown returns.
            hasFed = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Given up: whoever did that knows why.
        }
        finally
        {
            await Dialer.FinishSendingAsync(connection, cancellationToken).ConfigureAwait(false);
            AllAsked();
        }
    }

    private async Task<Option<ClientError>> HearAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            Option<ClientError> over = default;
            while (over.IsNone)
            {
                over = await HearAsync(cancellationToken).ConfigureAwait(false);
                if (over.IsNone)
                {
                    over = await reader
                        .ReceiveAsync(() => walk.Awaited, cancellationToken)
                        .ConfigureAwait(false);
                }
            }

            return Meaning((ClientError)over);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return hasLeft ? default : new ClientError.TimedOut(walk.Awaited, options.ReplyTimeout);
        }
    }

    /// <summary>Hears the lines that have come, and gives them on.</summary>
    private async Task<Option<ClientError>> HearAsync(CancellationToken cancellationToken)
    {
        Option<ClientError> over = default;
        var from = reader.Position;
        var to = from;
        while (over.IsNone && reader.TryTake(out var line))
        {
            over = walk.Hear(line);
            to = over.IsNone ? reader.Position : to;
        }

        if (to > from)
        {
            await PrintAsync(from, to, cancellationToken).ConfigureAwait(false);
            debt.Heard(answeredPieces);
            answeredPieces = 0;
            answered(walk.Replies);
        }

        if (walk.IsOver)
        {
            debt.Forgive();
            AllAsked();
        }

        return over;
    }

    private async Task PrintAsync(int from, int to, CancellationToken cancellationToken)
    {
        debt.Suspend();
        await replies(reader.Between(from, to), cancellationToken).ConfigureAwait(false);
        debt.Resume();
    }

    private void Done(Chunk chunk)
    {
        answeredPieces++;
        feed.Done(chunk);
    }

    /// <summary>What the end of the stream means: where nothing is owed any more, it is what was asked for.</summary>
    private Option<ClientError> Meaning(ClientError error) =>
        error is not ClientError.Lost lost ? error
        : lost.Begun.Length == 0 && IsAllSaid ? default
        : unsent.Length > 0 ? lost with { How = unsent }
        : lost;

    private bool IsAllSaid => walk.IsOver || (hasFed && unsent.Length == 0 && !walk.IsOwed);

    /// <summary>Nothing more will be asked: all has been sent, or nothing more would be answered.</summary>
    private void AllAsked()
    {
        Interlocked.CompareExchange(ref allAsked, options.Time.GetTimestamp(), -1);
        forClose.Begin();
    }

    private Option<long> AllSaidSince() =>
        Volatile.Read(ref allAsked) is var asked && asked < 0 ? Option<long>.None
        : debt.IsOwed ? options.Time.GetTimestamp()
        : Math.Max(asked, debt.Since);

    private void Leave()
    {
        hasLeft = true;
        giveUp.Cancel();
    }
}
