using LanguageExt;
using TinyTcp.Client.Connections;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A timer that is being disarmed does not miss a request that starts at that moment.</summary>
public class ReplyTimerTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly TrackingTimeProvider clock = new();

    [Fact]
    public async Task A_request_started_after_an_idle_check_still_times_out()
    {
        var (pendingSince, hasTimedOut) = (Option<long>.None, false);
        Action onFirstCheck = static () => { };
        await using var timer = new ReplyTimer(Timeout, clock, PendingSince, () => hasTimedOut = true);
        onFirstCheck = () =>
        {
            pendingSince = clock.GetTimestamp();
            timer.Start();
        };
        timer.Start();
        clock.Advance(Timeout);
        Assert.False(hasTimedOut);
        clock.Advance(Timeout);
        Assert.True(hasTimedOut);

        Option<long> PendingSince()
        {
            var checkedValue = pendingSince;
            (var start, onFirstCheck) = (onFirstCheck, static () => { });
            start();
            return checkedValue;
        }
    }
}
