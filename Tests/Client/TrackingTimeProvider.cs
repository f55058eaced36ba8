using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TinyTcp.Tests.Client;

/// <summary>A clock that a test advances. The test can wait until timers are set.</summary>
internal sealed class TrackingTimeProvider : FakeTimeProvider
{
    private readonly Channel<TimeSpan> dueTimes = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Called once, when the clock is next read, after it was read.</summary>
    internal Action OnNextRead { get; set; } = static () => { };

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        (var action, OnNextRead) = (OnNextRead, static () => { });
        action();
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

    /// <summary>Waits until that many more timers have been set.</summary>
    internal async Task WaitForTimersAsync(int count)
    {
        for (var timer = 0; timer < count; timer++)
        {
            await dueTimes.Reader.ReadAsync();
        }
    }

    /// <summary>Waits until a timer with exactly this due time has been set.</summary>
    internal async Task WaitForTimerAsync(TimeSpan dueTime)
    {
        while (await dueTimes.Reader.ReadAsync() != dueTime) { }
    }

    /// <summary>
    /// A timer that may be changed while it is disposed, as a real one may: that of FakeTimeProvider throws then. It is
    /// disarmed and never disposed.
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
