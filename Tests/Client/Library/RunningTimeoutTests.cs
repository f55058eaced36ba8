using TinyTcp.Client.Connections;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The time-out of a connect counts the time in which the process runs.</summary>
public class RunningTimeoutTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Law]
    public void Pauses_do_not_count(RunWithPauses run)
    {
        var clock = new TrackingTimeProvider();
        using var timeout = new RunningTimeout(10 * Second, clock);
        foreach (var pause in run.PausesBeforeEachSecond)
        {
            Assert.False(timeout.Expired.IsCancellationRequested);
            clock.Advance(pause);
            Assert.False(timeout.Expired.IsCancellationRequested);
            clock.Advance(Second);
        }

        Assert.True(timeout.Expired.IsCancellationRequested);
    }

    [Fact]
    public void A_machine_on_which_every_tick_is_late_times_out()
    {
        var clock = new TrackingTimeProvider();
        using var timeout = new RunningTimeout(10 * Second, clock);
        for (var tick = 0; tick < 20; tick++)
        {
            Assert.False(timeout.Expired.IsCancellationRequested);
            clock.Advance(1.5 * Second);
        }

        Assert.True(timeout.Expired.IsCancellationRequested);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    public void A_short_time_is_not_shorter_than_it_says(double seconds)
    {
        var clock = new TrackingTimeProvider();
        using var timeout = new RunningTimeout(TimeSpan.FromSeconds(seconds), clock);
        var milliseconds = 0;
        while (!timeout.Expired.IsCancellationRequested)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            milliseconds++;
        }

        Assert.InRange(milliseconds, seconds * 1_000, (seconds * 1_000) + 10);
    }
}
