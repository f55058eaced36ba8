using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;

namespace TinyTcp.Client.Batches;

/// <summary>
/// What the server of a batch owes, and the alarm that rings when it owes it for too long: told by the side that sends and by
/// the side that hears.
/// </summary>
internal sealed class BatchTimeout : IAsyncDisposable
{
    private readonly TimeProvider timeProvider;
    private readonly ReplyTimer timer;
    private long pendingChunks;
    private long lastActivity;
    private volatile bool isSending;
    private volatile bool isPaused;
    private volatile bool isStopped;

    /// <param name="options">How long it may be owed, on which clock.</param>
    /// <param name="onTimeout">Called when it has been owed for too long.</param>
    internal BatchTimeout(ClientOptions options, Action onTimeout)
    {
        timeProvider = options.TimeProvider;
        timer = new(options.ReplyTimeout, timeProvider, WaitingSince, onTimeout);
    }

    /// <summary>Whether replies are due, or a piece on its way is to be taken.</summary>
    internal bool IsWaiting => !isStopped && (isSending || Volatile.Read(ref pendingChunks) > 0);

    /// <summary>The clock's timestamp of the last sign of the server's.</summary>
    internal long LastActivity => Volatile.Read(ref lastActivity);

    /// <summary>A piece leaves, and the replies to so many pieces are due with it.</summary>
    internal void OnChunkSending(int completedChunks)
    {
        if (!IsWaiting)
        {
            Volatile.Write(ref lastActivity, timeProvider.GetTimestamp());
        }

        // In this order: an alarm that rings meanwhile must not find that nothing is owed, or that it is for long.
        isSending = true;
        Interlocked.Add(ref pendingChunks, completedChunks);
        timer.Start();
    }

    /// <summary>The piece has been taken.</summary>
    internal void OnChunkSent() => isSending = false;

    /// <summary>Replies have come, and with them all to so many pieces.</summary>
    internal void OnReplies(int completedChunks)
    {
        Volatile.Write(ref lastActivity, timeProvider.GetTimestamp());
        Interlocked.Add(ref pendingChunks, -completedChunks);
    }

    /// <summary>The caller takes the replies: as long as it does, it is not the server that is slow.</summary>
    internal void Pause() => isPaused = true;

    /// <summary>The caller has taken them.</summary>
    internal void Resume()
    {
        Volatile.Write(ref lastActivity, timeProvider.GetTimestamp());
        isPaused = false;
    }

    /// <summary>Nothing is owed any more: QUIT has been answered (S-4).</summary>
    internal void Stop() => isStopped = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private Option<long> WaitingSince() =>
        !IsWaiting ? Option<long>.None
        : isPaused ? timeProvider.GetTimestamp()
        : LastActivity;
}
