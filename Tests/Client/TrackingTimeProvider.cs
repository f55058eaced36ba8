using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TinyTcp.Tests.Client;

/// <summary>A clock that a test turns, and that tells how many alarms have been set on it.</summary>
internal sealed class TrackingTimeProvider : FakeTimeProvider
{
    private readonly Channel<TimeSpan> dueTimes = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Done once, when the clock is next read: what happens between two steps of whoever reads it.</summary>
    internal Action OnNextRead { get; set; } = static () => { };

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        (var happens, OnNextRead) = (OnNextRead, static () => { });
        happens();
        return now;
    }

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        var timer = new TrackedTimer(base.CreateTimer(callback, state, dueTime, period), dueTimes.Writer);
        timer.Record(dueTime);
        return timer;
    }

    /// <summary>Waits until so many more alarms have been set.</summary>
    internal async Task WaitForTimersAsync(int count)
    {
        for (var alarm = 0; alarm < count; alarm++)
        {
            await dueTimes.Reader.ReadAsync();
        }
    }

    /// <summary>After how long those ring that have been set since it was last asked.</summary>
    internal TimeSpan[] TakeDueTimes()
    {
        var alarms = new List<TimeSpan>();
        while (dueTimes.Reader.TryRead(out var after))
        {
            alarms.Add(after);
        }

        return [.. alarms];
    }

    /// <summary>Waits until an alarm has been set that rings after just so long.</summary>
    internal async Task WaitForTimerAsync(TimeSpan dueTime)
    {
        while (await dueTimes.Reader.ReadAsync() != dueTime) { }
    }

    /// <summary>
    /// A timer that may be changed while it is disposed of, as a real one may: the clock's own then takes leave of its callback
    /// before it uses it. So that one is never disposed of, but no longer set.
    /// </summary>
    private sealed class TrackedTimer(ITimer timer, ChannelWriter<TimeSpan> dueTimes) : ITimer
    {
        private volatile bool isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = !isDisposed && timer.Change(dueTime, period);
            if (isDisposed)
            {
                Disarm();
                return false;
            }

            Record(dueTime);
            return changed;
        }

        public void Dispose()
        {
            isDisposed = true;
            Disarm();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Record(TimeSpan dueTime)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                dueTimes.TryWrite(dueTime);
            }
        }

        private void Disarm() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
