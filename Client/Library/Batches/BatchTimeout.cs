using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;

namespace TinyTcp.Client.Batches;

/// <summary>
/// Times out when the server neither accepts requests nor replies for <see cref="ClientOptions.ReplyTimeout"/> while replies
/// are pending. The write loop and the read loop of a batch share it.
/// </summary>
internal sealed class BatchTimeout : IAsyncDisposable
{
    private readonly TimeProvider timeProvider;
    private readonly ReplyTimer timer;
    private long pendingRequests;
    private long lastActivity;
    private volatile bool isSending;
    private volatile bool isStopped;

    /// <param name="options">The clock and the time-out.</param>
    /// <param name="onTimeout">Called when the time-out has expired. It has to lead to another check.</param>
    internal BatchTimeout(ClientOptions options, Action onTimeout)
    {
        timeProvider = options.TimeProvider;
        timer = new(options.ReplyTimeout, timeProvider, PendingSince, onTimeout);
    }

    /// <summary>Whether a write or a reply is pending.</summary>
    internal bool IsPending => !isStopped && (isSending || Volatile.Read(ref pendingRequests) > 0);

    /// <summary>A write starts.</summary>
    /// <param name="requests">The number of requests that it completes.</param>
    internal void OnSending(int requests)
    {
        if (!IsPending)
        {
            OnActivity();
        }

        // In this order: a timer that fires meanwhile finds the write pending, since now.
        isSending = true;
        Interlocked.Add(ref pendingRequests, requests);
        timer.Start();
    }

    /// <summary>The write has completed.</summary>
    internal void OnSent() => isSending = false;

    /// <summary>The caller has handled replies: the time starts again.</summary>
    internal void OnReplies(long replies)
    {
        Interlocked.Add(ref pendingRequests, -replies);
        OnActivity();
    }

    /// <summary>Whether the time-out has expired.</summary>
    internal bool CheckExpired() => timer.CheckExpired();

    /// <summary>No reply is pending any more, because BYE was received (S-4).</summary>
    internal void Stop() => isStopped = true;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    private void OnActivity() => Volatile.Write(ref lastActivity, timeProvider.GetTimestamp());

    private Option<long> PendingSince() => IsPending ? Volatile.Read(ref lastActivity) : Option<long>.None;
}
