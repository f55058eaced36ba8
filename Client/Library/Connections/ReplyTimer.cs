using LanguageExt;

namespace TinyTcp.Client.Connections;

/// <summary>
/// A bound on how long something may be owed, on a clock that a test can turn. It sets no alarm for each thing that is owed:
/// when one rings, it looks since when the oldest is. It may be told from any thread.
/// </summary>
internal sealed class ReplyTimer : IAsyncDisposable
{
    private readonly TimeProvider timeProvider;
    private readonly TimeSpan timeout;
    private readonly Func<Option<long>> pendingSince;
    private readonly Action onTimeout;
    private readonly ITimer timer;

    // Whether an alarm is set, or somebody looks. While anything is owed it stays so: none is set but by who has.
    private int isArmed;

    /// <param name="timeout">How long something may be owed.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="pendingSince">The clock's timestamp since when the oldest thing is owed, if anything is.</param>
    /// <param name="onTimeout">Called when it has been owed for too long.</param>
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
            static timer => ((ReplyTimer)timer!).Check(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Something is owed from now on.</summary>
    internal void Start()
    {
        if (Interlocked.Exchange(ref isArmed, 1) == 0)
        {
            Arm(timeout);
        }
    }

    /// <summary>Looks since when the oldest is owed, and sets the alarm for when that will be too long.</summary>
    internal void Check()
    {
        var left = Remaining() || DisarmOrRemaining();
        if (left.Exists(static more => more <= TimeSpan.Zero))
        {
            onTimeout();
        }
        else
        {
            left.Iter(Arm);
        }
    }

    private Option<TimeSpan> Remaining() =>
        pendingSince().Map(since => timeout - timeProvider.GetElapsedTime(since));

    /// <summary>
    /// Where nothing is owed, no alarm is set. What has begun just before has seen that one was, and is looked for once more.
    /// </summary>
    /// <returns>What is left of its time, unless an alarm has been set for it.</returns>
    private Option<TimeSpan> DisarmOrRemaining()
    {
        Interlocked.Exchange(ref isArmed, 0);
        return Remaining().Filter(_ => Interlocked.Exchange(ref isArmed, 1) == 0);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => timer.DisposeAsync();

    // A timer knows milliseconds only.
    private void Arm(TimeSpan dueTime) =>
        timer.Change(
            TimeSpan.FromMilliseconds(Math.Ceiling(dueTime.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan
        );
}
