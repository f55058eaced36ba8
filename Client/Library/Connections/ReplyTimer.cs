using LanguageExt;

namespace TinyTcp.Client.Connections;

/// <summary>
/// One timer for all pending requests. When it fires it checks the oldest and re-arms itself, so a request does not change the
/// timer. Thread-safe; the TimeProvider makes it testable.
/// </summary>
internal sealed class ReplyTimer : IAsyncDisposable
{
    private readonly TimeProvider timeProvider;
    private readonly TimeSpan timeout;
    private readonly Func<Option<long>> pendingSince;
    private readonly Action onTimeout;
    private readonly ITimer timer;

    // 1 while the timer is armed or checked. Only the thread that sets it arms the timer.
    private int isArmed;

    /// <param name="timeout">The maximum time that anything may be pending.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="pendingSince">Since when the oldest request is pending, as a timestamp; none if nothing is.</param>
    /// <param name="onTimeout">Called when it has been pending for too long. It has to lead to another check.</param>
    internal ReplyTimer(
        TimeSpan timeout,
        TimeProvider timeProvider,
        Func<Option<long>> pendingSince,
        Action onTimeout
    )
    {
        this.timeProvider = timeProvider;
        this.timeout = timeout;
        this.pendingSince = pendingSince;
        this.onTimeout = onTimeout;
        timer = timeProvider.CreateTimer(
            static timer => ((ReplyTimer)timer!).OnFired(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Arms the timer, if it is not armed, when something becomes pending.</summary>
    internal void Start()
    {
        if (Interlocked.Exchange(ref isArmed, 1) == 0)
        {
            Arm(timeout);
        }
    }

    /// <summary>Checks the oldest request, and re-arms the timer if anything is pending and has not timed out.</summary>
    /// <returns>Whether it has timed out.</returns>
    internal bool CheckExpired()
    {
        var remaining = Remaining() || DisarmOrRemaining();
        var isExpired = remaining.Exists(static time => time <= TimeSpan.Zero);
        if (!isExpired)
        {
            remaining.Iter(Arm);
        }

        return isExpired;
    }

    private void OnFired()
    {
        if (CheckExpired())
        {
            onTimeout();
        }
    }

    private Option<TimeSpan> Remaining() =>
        pendingSince().Map(since => timeout - timeProvider.GetElapsedTime(since));

    /// <summary>
    /// Disarms the timer when nothing is pending, and checks again: a request that became pending in between did not arm it.
    /// </summary>
    /// <returns>The remaining time to arm the timer for, unless another thread has armed it.</returns>
    private Option<TimeSpan> DisarmOrRemaining()
    {
        Interlocked.Exchange(ref isArmed, 0);
        return Remaining().Filter(_ => Interlocked.Exchange(ref isArmed, 1) == 0);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    // Timers have a resolution of milliseconds.
    private void Arm(TimeSpan dueTime) =>
        timer.Change(
            TimeSpan.FromMilliseconds(Math.Ceiling(dueTime.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan
        );
}
