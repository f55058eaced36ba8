using TinyTcp.Cli.Probe;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>When rounds begin, however long each takes.</summary>
public class ScheduleLaws
{
    [Law]
    public void Rounds_start_at_multiples_of_the_interval_without_drift_or_burst(
        MeasuredTimes taken,
        ushort milliseconds
    )
    {
        var interval = TimeSpan.FromMilliseconds(milliseconds + 1);
        var due = TimeSpan.Zero;
        foreach (var now in taken.Times.Select(time => due + time))
        {
            var next = Schedule.Next(due, now, interval);

            Assert.Equal(0, next.Ticks % interval.Ticks);
            Assert.True(next > due && next >= now, $"{next} follows {due} at {now}");
            Assert.True(next == due + interval || next < now + interval, $"{next} leaves one out at {now}");
            due = next;
        }
    }
}
