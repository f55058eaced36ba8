using LanguageExt;
using TinyTcp.Client;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The alarm for what is owed: set once, and never forgotten, whatever begins while it looks.</summary>
public class PatienceTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly AlarmClock clock = new();

    [Fact]
    public async Task What_begins_while_the_alarm_looks_sets_no_other_where_something_was_owed_before()
    {
        Action began = static () => { };
        var since = 0L;
        await using var patience = new Patience(
            Limit,
            clock,
            OwedSince,
            static () => Assert.Fail("too early")
        );
        patience.Begin();
        clock.Advance(TimeSpan.FromSeconds(2));
        since = clock.GetTimestamp();
        began = patience.Begin;
        clock.Advance(TimeSpan.FromSeconds(3));

        // One when it began, and one for what is left.
        Assert.Equal([Limit, TimeSpan.FromSeconds(2)], clock.Alarms());

        Option<long> OwedSince()
        {
            began();
            return since;
        }
    }

    [Fact]
    public async Task What_begins_after_the_alarm_has_found_nothing_owed_is_not_forgotten()
    {
        var (looks, isLate) = (0, false);
        var since = Option<long>.None;
        Action began = static () => { };
        await using var patience = new Patience(Limit, clock, OwedSince, () => isLate = true);
        patience.Begin();
        began = () =>
        {
            since = clock.GetTimestamp();
            patience.Begin();
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
