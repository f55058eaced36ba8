using LanguageExt;

namespace TinyTcp.Client;

/// <summary>
/// A bound on how long something may be owed, on a clock that a test can turn. It sets no alarm for each thing that is owed:
/// when one rings, it looks since when the oldest is. It may be told from any thread.
/// </summary>
internal sealed class Patience : IAsyncDisposable
{
    private readonly TimeProvider time;
    private readonly TimeSpan limit;
    private readonly Func<Option<long>> owedSince;
    private readonly Action late;
    private readonly ITimer alarm;

    // Whether an alarm is set, or somebody looks. While anything is owed it stays so: none is set but by who has.
    private int isSet;

    /// <param name="limit">How long something may be owed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="owedSince">The clock's timestamp since when the oldest thing is owed, if anything is.</param>
    /// <param name="late">Called when it has been owed for too long.</param>
    internal Patience(TimeSpan limit, TimeProvider time, Func<Option<long>> owedSince, Action late)
    {
        this.time = time;
        this.limit = limit;
        this.owedSince = owedSince;
        this.late = late;
        alarm = time.CreateTimer(
            static patience => ((Patience)patience!).Look(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <summary>Something is owed from now on.</summary>
    internal void Begin()
    {
        if (Interlocked.Exchange(ref isSet, 1) == 0)
        {
            Set(limit);
        }
    }

    /// <summary>Looks since when the oldest is owed, and sets the alarm for when that will be too long.</summary>
    internal void Look()
    {
        var left = Left() || LeftUnset();
        if (left.Exists(static more => more <= TimeSpan.Zero))
        {
            late();
        }
        else
        {
            left.Iter(Set);
        }
    }

    private Option<TimeSpan> Left() => owedSince().Map(since => limit - time.GetElapsedTime(since));

    /// <summary>
    /// Where nothing is owed, no alarm is set. What has begun just before has seen that one was, and is looked for once more.
    /// </summary>
    /// <returns>What is left of its time, unless an alarm has been set for it.</returns>
    private Option<TimeSpan> LeftUnset()
    {
        Interlocked.Exchange(ref isSet, 0);
        return Left().Filter(_ => Interlocked.Exchange(ref isSet, 1) == 0);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => alarm.DisposeAsync();

    // A timer knows milliseconds only.
    private void Set(TimeSpan after) =>
        alarm.Change(
            TimeSpan.FromMilliseconds(Math.Ceiling(after.TotalMilliseconds)),
            Timeout.InfiniteTimeSpan
        );
}
