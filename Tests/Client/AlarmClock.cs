using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TinyTcp.Tests.Client;

/// <summary>A clock that a test turns, and that tells how many alarms have been set on it.</summary>
internal sealed class AlarmClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> set = Channel.CreateUnbounded<TimeSpan>();

    /// <summary>Done once, when the clock is next read: what happens between two steps of whoever reads it.</summary>
    internal Action WhenRead { get; set; } = static () => { };

    public override long GetTimestamp()
    {
        var now = base.GetTimestamp();
        (var happens, WhenRead) = (WhenRead, static () => { });
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
        var timer = new Told(base.CreateTimer(callback, state, dueTime, period), set.Writer);
        timer.Tell(dueTime);
        return timer;
    }

    /// <summary>Waits until so many more alarms have been set.</summary>
    internal async Task AlarmsAsync(int count)
    {
        for (var alarm = 0; alarm < count; alarm++)
        {
            await set.Reader.ReadAsync();
        }
    }

    /// <summary>After how long those ring that have been set since it was last asked.</summary>
    internal TimeSpan[] Alarms()
    {
        var alarms = new List<TimeSpan>();
        while (set.Reader.TryRead(out var after))
        {
            alarms.Add(after);
        }

        return [.. alarms];
    }

    /// <summary>Waits until an alarm has been set that rings after just so long.</summary>
    internal async Task AlarmAsync(TimeSpan after)
    {
        while (await set.Reader.ReadAsync() != after) { }
    }

    /// <summary>
    /// A timer that may be changed while it is disposed of, as a real one may: the clock's own then takes leave of its callback
    /// before it uses it. So that one is never disposed of, but no longer set.
    /// </summary>
    private sealed class Told(ITimer timer, ChannelWriter<TimeSpan> set) : ITimer
    {
        private volatile bool isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var changed = !isDisposed && timer.Change(dueTime, period);
            if (isDisposed)
            {
                Unset();
                return false;
            }

            Tell(dueTime);
            return changed;
        }

        public void Dispose()
        {
            isDisposed = true;
            Unset();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Tell(TimeSpan dueTime)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                set.TryWrite(dueTime);
            }
        }

        private void Unset() => timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
