using TinyTcp.Core;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core;

/// <summary>The idle clock and the line clock, to the millisecond (S-5, S-6). All times are given, none is waited for.</summary>
public class DeadlineTests
{
    private const int Idle = 10_000;
    private const int Line = 3_000;

    private static readonly Limits Both = Limited(Idle, Line);
    private static readonly string Overlong = new('x', Both.MaxLine + 1);

    /// <summary>What was sent and when (in ms), and when the time for it is over: first of all the greeting, at 0.</summary>
    public static TheoryData<string, int, int, string> Expiries =>
        new()
        {
            { "", Idle, Line, "10000 IDLE_TIMEOUT" },
            { "500 TIME\n", Idle, Line, "10500 IDLE_TIMEOUT" },
            { "500 TIME\n|700 x\n", Idle, Line, "10700 IDLE_TIMEOUT" },
            { "500 \n", Idle, Line, "10500 IDLE_TIMEOUT" },
            { "500  \r\n", Idle, Line, "10500 IDLE_TIMEOUT" },
            { "500 T", Idle, Line, "3500 LINE_TIMEOUT" },
            { "500 T|900 I|2000 ME", Idle, Line, "3500 LINE_TIMEOUT" },
            { "500 TIME\nT", Idle, Line, "3500 LINE_TIMEOUT" },
            { "500 T|2000 IME\nE", Idle, Line, "5000 LINE_TIMEOUT" },
            { "500 T|2000 IME\n", Idle, Line, "12000 IDLE_TIMEOUT" },
            { "500 <overlong>", Idle, Line, "3500 LINE_TIMEOUT" },
            { "500 T|900 <overlong>|1500 more", Idle, Line, "3500 LINE_TIMEOUT" },
            { "500 <overlong>|2500 x\n", Idle, Line, "12500 IDLE_TIMEOUT" },
            { "500 T", Line, Idle, "10500 LINE_TIMEOUT" },
            { "500 T|900 I", Idle, 0, "10900 IDLE_TIMEOUT" },
            { "500 <overlong>|2500 x", Idle, 0, "12500 IDLE_TIMEOUT" },
            { "500 T", 0, Line, "3500 LINE_TIMEOUT" },
            { "500 TIME\n", 0, Line, "never" },
            { "500 T", 0, 0, "never" },
        };

    [Theory]
    [MemberData(nameof(Expiries))]
    public void Time_is_over_to_the_millisecond(string sent, int idle, int line, string expected)
    {
        var limits = Limited(idle, line);
        var due = Sent(sent, limits).Session.Deadline(limits);
        Assert.Equal(
            expected,
            due == TimeSpan.MaxValue ? "never" : $"{due.TotalMilliseconds} {Expired(sent, limits, due, 0)}"
        );
        if (due != TimeSpan.MaxValue)
        {
            Assert.Equal("", Expired(sent, limits, due, -1));
            Assert.Equal(Expired(sent, limits, due, 0), Expired(sent, limits, due, 1));
        }
    }

    [Fact]
    public void A_goodbye_is_said_when_time_is_over()
    {
        var host = Sent("0 T", Both);
        host.TakeSaid();
        host.Now = At(Line);
        Assert.Equal("ERROR LINE_TIMEOUT\n", host.Tell(SessionEvent.TimePassed).TakeSaid());
    }

    [Fact]
    public void Time_that_passes_too_early_changes_nothing()
    {
        var host = Sent("0 T", Both);
        var before = host.Session;
        host.Now = At(Line - 1);
        Assert.Equal(before, host.Tell(SessionEvent.TimePassed).Session);
    }

    [Fact]
    public void Before_the_greeting_and_after_the_end_no_time_runs()
    {
        Assert.Equal(TimeSpan.MaxValue, default(Session).Deadline(Both));
        Assert.Equal(TimeSpan.MaxValue, Host.Opened(Both).Receive("QUIT\n").Session.Deadline(Both));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    public void A_clock_at_its_extremes_is_a_clock(long ticks)
    {
        var host = new Host(Both) { Now = new Now(TimeSpan.FromTicks(ticks), Some.Wall) };
        host.Tell(SessionEvent.TimePassed)
            .Tell(SessionEvent.Opened)
            .Receive("T")
            .Tell(SessionEvent.TimePassed);
        Assert.Equal("", host.Closed);
        host.Now = new Now(TimeSpan.MaxValue, Some.Wall);
        Assert.Equal(ticks > 0 ? "" : "LINE_TIMEOUT", host.Tell(SessionEvent.TimePassed).Closed);
    }

    [Fact]
    public void A_limit_that_is_off_never_ends_anything()
    {
        var host = Sent("0 TIME\n", Limited(0, 0));
        host.Now = new Now(TimeSpan.MaxValue, Some.Wall);
        Assert.Equal("", host.Tell(SessionEvent.TimePassed).Closed);
    }

    private static Limits Limited(int idle, int line) =>
        Some.With(Some.With(Some.SmallLimits, "idle-timeout", idle), "line-timeout", line);

    private static string Expired(string sent, Limits limits, TimeSpan due, int later)
    {
        var host = Sent(sent, limits);
        host.Now = Some.At(due + TimeSpan.FromMilliseconds(later));
        return host.Tell(SessionEvent.TimePassed).Closed;
    }

    private static Host Sent(string script, Limits limits)
    {
        var host = new Host(limits) { Now = At(0) };
        host.Tell(SessionEvent.Opened);
        foreach (var piece in script.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = piece.Split(' ', 2);
            host.Now = At(int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
            host.Receive(words[1].Replace("<overlong>", Overlong, StringComparison.Ordinal));
        }

        return host;
    }

    private static Now At(int milliseconds) => Some.At(TimeSpan.FromMilliseconds(milliseconds));
}
