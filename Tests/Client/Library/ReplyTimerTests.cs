using LanguageExt;
using TinyTcp.Client.Connections;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The alarm for what is owed: set once, and never forgotten, whatever begins while it looks.</summary>
public class ReplyTimerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly TrackingTimeProvider clock = new();

    [Fact]
    public async Task A_request_started_during_a_check_sets_no_second_timer()
    {
        Action began = static () => { };
        var since = 0L;
        await using var patience = new ReplyTimer(
            Limit,
            clock,
            OwedSince,
            static () => Assert.Fail("too early")
        );
        patience.Start();
        clock.Advance(TimeSpan.FromSeconds(2));
        since = clock.GetTimestamp();
        began = patience.Start;
        clock.Advance(TimeSpan.FromSeconds(3));

        // One when it began, and one for what is left.
        Assert.Equal([Limit, TimeSpan.FromSeconds(2)], clock.TakeDueTimes());

        Option<long> OwedSince()
        {
            began();
            return since;
        }
    }

    [Fact]
    public async Task A_request_started_after_an_idle_check_still_times_out()
    {
        var (looks, isLate) = (0, false);
        var since = Option<long>.None;
        Action began = static () => { };
        await using var patience = new ReplyTimer(Limit, clock, OwedSince, () => isLate = true);
        patience.Start();
        began = () =>
        {
            since = clock.GetTimestamp();
            patience.Start();
        };
        clock.Advance(Limit);
        Assert.False(isLate);
        clock.Advance(Limit);
        Assert.True(isLate);

        Option<long> OwedSince()
        {
            var found = since;
            (looks++ == 0 ? began : static () => { })();
            return found;
        }
    }
}
