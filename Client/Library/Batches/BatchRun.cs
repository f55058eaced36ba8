using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Batches;

/// <summary>Sends the requests of one batch and receives the replies at the same time.</summary>
internal sealed class BatchRun : IAsyncDisposable
{
    // How long the server may take to close after the last reply; then the client closes.
    private static readonly TimeSpan CloseGracePeriod = TimeSpan.FromSeconds(1);

    private readonly LineReader reader;
    private readonly ClientOptions options;
    private readonly Func<CancellationToken, Task> shutdownSend;
    private readonly Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies;
    private readonly Action<long> onProgress;
    private readonly BatchWriter writer;
    private readonly ReplyMatcher matcher;
    private readonly BatchTimeout timeout;
    private readonly CancellationTokenSource closing;
    private readonly ReadInterrupt readInterrupt;
    private volatile string writeError = "";
    private volatile bool hasStoppedSending;

    /// <param name="greeted">The connection; its owner disposes it.</param>
    /// <param name="shutdownSend">Ends sending on the connection.</param>
    /// <param name="options">The clock and the time-out.</param>
    /// <param name="onReplies">Gets the replies.</param>
    /// <param name="onProgress">Gets the number of replies.</param>
    internal BatchRun(
        GreetedStream greeted,
        Func<CancellationToken, Task> shutdownSend,
        ClientOptions options,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies,
        Action<long> onProgress
    )
    {
        (reader, this.options, this.shutdownSend) = (greeted.Reader, options, shutdownSend);
        (this.onReplies, this.onProgress) = (onReplies, onProgress);
        closing = new(Timeout.InfiniteTimeSpan, options.TimeProvider);
        readInterrupt = new(closing.Token);
        timeout = new(options, readInterrupt.Request);
        writer = new(greeted.Stream, timeout);
        matcher = new(writer.NextSent, writer.Release);
    }

    // No reply is pending, and none will be.
    private bool IsComplete =>
        matcher.IsQuitAnswered || (hasStoppedSending && writeError.Length == 0 && !timeout.IsPending);

    /// <summary>Sends all requests and receives all replies.</summary>
    /// <returns>The numbers of replies and of error replies, and the error that ended the batch or else the first of a reply.</returns>
    internal async Task<(long Replies, long Errors, Option<ClientError> Error)> RunAsync(
        Stream requests,
        CancellationToken cancellationToken
    )
    {
        await using var registration = cancellationToken
            .UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), closing)
            .ConfigureAwait(false);
        var writing = WriteRequestsAsync(requests, closing.Token);
        Option<ClientError> error;
        try
        {
            error = await ReadRepliesAsync(closing.Token).ConfigureAwait(false);
        }
        finally
        {
            await closing.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        cancellationToken.ThrowIfCancellationRequested();

        // Throws if the requests could not be read: the replies to all that were sent have been received.
        await writing.ConfigureAwait(false);
        return (matcher.Replies, matcher.Errors, error || matcher.FirstError);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => timeout.DisposeAsync();

    private async Task WriteRequestsAsync(Stream requests, CancellationToken cancellationToken)
    {
        try
        {
            var error = await writer.SendAllAsync(requests, cancellationToken).ConfigureAwait(false);
            writeError = error.IfNone("");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // RunAsync knows why the batch ends.
        }
        finally
        {
            // Also if the rest of the requests cannot be read. Before the shutdown, because the server may close before it returns.
            hasStoppedSending = true;
            // It fails if the connection is lost, which the read loop reports.
            await shutdownSend(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            CloseIfComplete();
        }
    }

    private async Task<Option<ClientError>> ReadRepliesAsync(CancellationToken cancellationToken)
    {
        try
        {
            Option<ClientError> end = default;
            while (end.IsNone)
            {
                end = await ProcessLinesAsync(cancellationToken).ConfigureAwait(false);
                if (end.IsNone)
                {
                    end = await ReceiveAsync().ConfigureAwait(false);
                }
            }

            return ToError((ClientError)end);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // All replies have been received, or the caller cancels.
            return default;
        }
    }

    private async ValueTask<Option<ClientError>> ReceiveAsync()
    {
        try
        {
            var end = await reader
                .ReceiveAsync(() => matcher.Pending, readInterrupt.Token)
                .ConfigureAwait(false);
            readInterrupt.OnReceived();
            return end;
        }
        catch (OperationCanceledException) when (readInterrupt.TryReset())
        {
            return readInterrupt.OnInterrupted(FindOverdue);
        }
    }

    private Option<ClientError> FindOverdue() =>
        timeout.CheckExpired() ? new ClientError.TimedOut(matcher.Pending, options.ReplyTimeout) : default;

    /// <summary>Matches the lines that have been received to their requests and gives them to the caller.</summary>
    /// <returns>The error that ends the batch, if any.</returns>
    private async Task<Option<ClientError>> ProcessLinesAsync(CancellationToken cancellationToken)
    {
        Option<ClientError> end = default;
        var (start, replies) = (reader.Position, matcher.Replies);
        var accepted = start;
        while (end.IsNone && reader.TryReadLine(out var line))
        {
            end = matcher.OnLine(line);
            accepted = end.IsNone ? reader.Position : accepted;
        }

        if (accepted > start)
        {
            await onReplies(reader.Slice(start, accepted), cancellationToken).ConfigureAwait(false);
            timeout.OnReplies(matcher.Replies - replies);
            onProgress(matcher.Replies);
            if (matcher.IsQuitAnswered)
            {
                timeout.Stop();
            }

            CloseIfComplete();
        }

        return end;
    }

    private void CloseIfComplete()
    {
        if (IsComplete)
        {
            closing.CancelAfter(CloseGracePeriod);
        }
    }

    /// <returns>The error for the end of the stream; none if all replies have been received.</returns>
    private Option<ClientError> ToError(ClientError end) =>
        end is not ClientError.ConnectionLost lost ? end
        : lost.PartialLine.Length == 0 && IsComplete ? default
        : writeError.Length > 0 ? lost with { Detail = writeError }
        : lost;
}
