using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client.Batches;

/// <summary>One batch on its connection: requests leave and replies come at the same time.</summary>
internal sealed class BatchRun : IAsyncDisposable
{
    // How long a server that has said everything may take to close. It need not: then the client leaves.
    private static readonly TimeSpan CloseGracePeriod = TimeSpan.FromSeconds(1);

    private readonly Stream connection;
    private readonly LineReader reader;
    private readonly ClientOptions options;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies;
    private readonly Action<long> onProgress;
    private readonly BatchWriter writer;
    private readonly ReplyMatcher matcher;
    private readonly BatchTimeout batchTimeout;
    private readonly ReplyTimer closeTimer;
    private readonly CancellationTokenSource cancellation = new();
    private long sendingEndedAt = -1;
    private volatile string writeError = "";
    private volatile bool hasSentAll;
    private volatile bool hasClosed;
    private int completedChunks;

    internal BatchRun(
        Stream connection,
        LineReader reader,
        ClientOptions options,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies,
        Action<long> onProgress
    )
    {
        (this.connection, this.reader, this.options) = (connection, reader, options);
        (this.onReplies, this.onProgress) = (onReplies, onProgress);
        batchTimeout = new(options, cancellation.Cancel);
        closeTimer = new(CloseGracePeriod, options.TimeProvider, CompleteSince, OnCloseTimeout);
        writer = new(connection, batchTimeout);
        matcher = new(writer.NextSent, OnChunkCompleted);
    }

    /// <summary>Sends all requests, and hears all replies.</summary>
    internal async Task<(long Replies, long Errors, Option<ClientError> Error)> RunAsync(
        Stream requests,
        CancellationToken cancellationToken
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            cancellation.Token
        );
        var feeding = WriteRequestsAsync(requests, either.Token);
        Option<ClientError> ended;
        try
        {
            ended = await ReadRepliesAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            await cancellation.CancelAsync().ConfigureAwait(false);
            await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();
        // If the requests could not be read, that is the caller's to know, now that all that was asked has been answered.
        await feeding.ConfigureAwait(false);
        return (matcher.Replies, matcher.Errors, ended || matcher.FirstError);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await batchTimeout.DisposeAsync().ConfigureAwait(false);
        await closeTimer.DisposeAsync().ConfigureAwait(false);
    }

    private async Task WriteRequestsAsync(Stream requests, CancellationToken cancellationToken)
    {
        try
        {
            writeError = (
                await writer.SendAllAsync(requests, cancellationToken).ConfigureAwait(false)
            ).IfNone("");

            // The server may close before the shutdown returns.
            hasSentAll = true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Given up: whoever did that knows why.
        }
        finally
        {
            await Dialer.ShutdownSendAsync(connection, cancellationToken).ConfigureAwait(false);
            OnSendingEnded();
        }
    }

    private async Task<Option<ClientError>> ReadRepliesAsync(CancellationToken cancellationToken)
    {
        try
        {
            Option<ClientError> over = default;
            while (over.IsNone)
            {
                over = await ProcessLinesAsync(cancellationToken).ConfigureAwait(false);
                if (over.IsNone)
                {
                    over = await reader
                        .ReceiveAsync(() => matcher.Pending, cancellationToken)
                        .ConfigureAwait(false);
                }
            }

            return FindError((ClientError)over);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return hasClosed ? default : new ClientError.TimedOut(matcher.Pending, options.ReplyTimeout);
        }
    }

    /// <summary>Hears the lines that have come, and gives them on.</summary>
    private async Task<Option<ClientError>> ProcessLinesAsync(CancellationToken cancellationToken)
    {
        Option<ClientError> over = default;
        var from = reader.Position;
        var to = from;
        while (over.IsNone && reader.TryReadLine(out var line))
        {
            over = matcher.OnLine(line);
            to = over.IsNone ? reader.Position : to;
        }

        if (to > from)
        {
            await DeliverRepliesAsync(from, to, cancellationToken).ConfigureAwait(false);
            batchTimeout.OnReplies(completedChunks);
            completedChunks = 0;
            onProgress(matcher.Replies);
        }

        if (matcher.IsQuitAnswered)
        {
            batchTimeout.Stop();
            OnSendingEnded();
        }

        return over;
    }

    private async Task DeliverRepliesAsync(int from, int to, CancellationToken cancellationToken)
    {
        batchTimeout.Pause();
        await onReplies(reader.Slice(from, to), cancellationToken).ConfigureAwait(false);
        batchTimeout.Resume();
    }

    private void OnChunkCompleted(Chunk chunk)
    {
        completedChunks++;
        writer.Release(chunk);
    }

    /// <summary>What the end of the stream means: where nothing is owed any more, it is what was asked for.</summary>
    private Option<ClientError> FindError(ClientError error) =>
        error is not ClientError.ConnectionLost lost ? error
        : lost.PartialLine.Length == 0 && IsComplete ? default
        : writeError.Length > 0 ? lost with { Detail = writeError }
        : lost;

    private bool IsComplete =>
        matcher.IsQuitAnswered || (hasSentAll && writeError.Length == 0 && !matcher.HasPendingRequest);

    /// <summary>Nothing more will be asked: all has been sent, or nothing more would be answered.</summary>
    private void OnSendingEnded()
    {
        Interlocked.CompareExchange(ref sendingEndedAt, options.TimeProvider.GetTimestamp(), -1);
        closeTimer.Start();
    }

    private Option<long> CompleteSince() =>
        Volatile.Read(ref sendingEndedAt) is var asked && asked < 0 ? Option<long>.None
        : batchTimeout.IsWaiting ? options.TimeProvider.GetTimestamp()
        : Math.Max(asked, batchTimeout.LastActivity);

    private void OnCloseTimeout()
    {
        hasClosed = true;
        cancellation.Cancel();
    }
}
