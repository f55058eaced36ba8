namespace TinyTcp.Client.Connections;

/// <summary>
/// A time-out that counts the time in which the process runs. A connect has steps of which no socket tells whether they could go
/// on, such as name resolution, so after a pause of the process they get the time that is left. The time is counted in ten ticks:
/// one that is late, because of a pause, does not count. Ten late ticks are ignored at most, so a busy machine times out, too.
/// </summary>
internal sealed class RunningTimeout : IDisposable
{
    private const int Ticks = 10;

    private static readonly TimeSpan MaxDelay = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider timeProvider;
    private readonly TimeSpan tick;
    private readonly CancellationTokenSource expired = new();
    private readonly ITimer timer;
    private int remainingTicks = Ticks;
    private int ignorableTicks = Ticks;
    private long lastTickAt;

    /// <param name="timeout">The running time.</param>
    /// <param name="timeProvider">The clock.</param>
    internal RunningTimeout(TimeSpan timeout, TimeProvider timeProvider)
    {
        this.timeProvider = timeProvider;

        // Timers have a resolution of milliseconds.
        tick = TimeSpan.FromMilliseconds(Math.Ceiling(timeout.TotalMilliseconds / Ticks));
        timer = timeProvider.CreateTimer(
            static timeout => ((RunningTimeout)timeout!).OnTick(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        StartTick();
    }

    /// <summary>Cancelled when the time is over.</summary>
    internal CancellationToken Expired => expired.Token;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void StartTick()
    {
        lastTickAt = timeProvider.GetTimestamp();
        timer.Change(tick, Timeout.InfiniteTimeSpan);
    }

    private void OnTick()
    {
        if (timeProvider.GetElapsedTime(lastTickAt) > tick + MaxDelay && ignorableTicks > 0)
        {
            ignorableTicks--;
        }
        else
        {
            remainingTicks--;
        }

        if (remainingTicks > 0)
        {
            StartTick();
        }
        else
        {
            expired.Cancel();
        }
    }
}
