using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace TinyTcp.Tests.Client;

/// <summary>A clock that a test turns, and that tells how many alarms have been set on it.</summary>
internal sealed class AlarmClock : FakeTimeProvider
{
    private readonly Channel<TimeSpan> set = Channel.CreateUnbounded<TimeSpan>();

    public override ITimer CreateTimer(
        TimerCallback callback,
        object? state,
        TimeSpan dueTime,
        TimeSpan period
    )
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        set.Writer.TryWrite(dueTime);
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
}
