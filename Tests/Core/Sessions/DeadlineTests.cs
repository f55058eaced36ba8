using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The clocks of a conversation, to the millisecond (S-3, S-5, S-6, S-12). All times are given, none is waited for.</summary>
public class DeadlineTests
{
    private const int Idle = 10_000;
    private const int Line = 3_000;
    private const int Write = 2_000;

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
            { "500 TIME\n|600 <stalled>", Idle, Line, "2600 WRITE_TIMEOUT" },
            { "500 T|600 <stalled>", Idle, Line, "2600 WRITE_TIMEOUT" },
            { "500 TIME\n|600 <stalled>|700 <stalled>", Idle, Line, "2600 WRITE_TIMEOUT" },
            { "500 TIME\n|600 <stalled>|1600 <some>", Idle, Line, "3600 WRITE_TIMEOUT" },
            { "500 TIME\n|600 <stalled>|1600 <some>|2000 <all>", Idle, Line, "11900 IDLE_TIMEOUT" },
            { "500 T|600 <stalled>|2000 <all>", Idle, Line, "4900 LINE_TIMEOUT" },
            { "500 T|600 <stalled>|1600 <some>|2000 <all>|2100 I", Idle, Line, "4900 LINE_TIMEOUT" },
            {
                "500 T|600 <stalled>|2000 <all>|2100 I|2200 <stalled>|3000 <all>",
                Idle,
                Line,
                "5700 LINE_TIMEOUT"
            },
            { "500 TIME\n|600 <stalled>|1000 x|2000 <all>", Idle, Line, "5000 LINE_TIMEOUT" },
            { "500 T|600 <some>|700 <all>", Idle, Line, "3500 LINE_TIMEOUT" },
            { "500 T|600 <stalled>|2000 <all>", 0, 0, "never" },
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
        Assert.Equal("ERROR LINE_TIMEOUT\n", host.Tell(SessionEvent.TimerElapsed).TakeSaid());
    }

    [Fact]
    public void Time_that_passes_too_early_changes_nothing()
    {
        var host = Sent("0 T", Both);
        var before = host.Session;
        host.Now = At(Line - 1);
        Assert.Equal(before, host.Tell(SessionEvent.TimerElapsed).Session);
    }

    [Fact]
    public void Before_the_greeting_no_time_runs() =>
        Assert.Equal(TimeSpan.MaxValue, default(Session).Deadline(Both));

    /// <summary>S-3: a second after the last word has been sent; its being sent has the time of any reply.</summary>
    [Theory]
    [InlineData("500 QUIT\n", 1_500)]
    [InlineData("500 QUIT\n|1400 more", 1_500)]
    [InlineData("500 QUIT\n|500 <stalled>", 2_500)]
    [InlineData("500 QUIT\n|500 <stalled>|1500 <some>", 3_500)]
    [InlineData("500 QUIT\n|500 <stalled>|1500 <some>|2000 <all>", 3_000)]
    [InlineData("500 TIME\n|600 <stalled>|1000 QUIT\n|2000 <all>", 3_000)]
    public void After_the_end_there_is_time_for_the_peer_to_finish(string sent, int due) =>
        Assert.Equal(TimeSpan.FromMilliseconds(due), Sent(sent, Both).Session.Deadline(Both));

    /// <summary>S-3: but not for ever so much.</summary>
    [Fact]
    public void After_the_end_a_peer_that_goes_on_and_on_is_not_waited_for()
    {
        var host = Sent("500 QUIT\n", Both);
        var piece = new byte[1024 * 1024];
        for (var count = 0; count < 64; count++)
        {
            Assert.Equal(TimeSpan.FromMilliseconds(1_500), host.Receive(piece).Session.Deadline(Both));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(500), host.Receive("x").Session.Deadline(Both));
    }

    /// <summary>S-9: at once if the client is quiet, a moment after its last line if it talks, and in any case soon.</summary>
    [Theory]
    [InlineData("", 0, 100)]
    [InlineData("", 100, 100)]
    [InlineData("500 TIME\n", 5_000, 5_000)]
    [InlineData("500 TIME\n", 550, 600)]
    [InlineData("500 TIME\n|1300 TIME\n", 500, 1_400)]
    [InlineData("500 TIME\n|1450 TIME\n", 500, 1_500)]
    [InlineData("500 T|900 I", 950, 950)]
    public void A_host_that_stops_says_so_when_the_client_is_quiet(string sent, int asked, int due) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(due),
            Sent(sent, Both).Session.ShutdownDeadline(TimeSpan.FromMilliseconds(asked))
        );

    /// <summary>S-12: a wait that is not timed ends by itself or not at all.</summary>
    [Fact]
    public void With_no_limit_a_peer_may_take_its_replies_whenever_it_likes()
    {
        var limits = Some.With(Both, "write-timeout", 0);
        Assert.Equal(TimeSpan.MaxValue, Sent("500 T|600 <stalled>", limits).Session.Deadline(limits));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    public void A_clock_at_its_extremes_is_a_clock(long ticks)
    {
        var host = new Host(Both) { Now = new Now(TimeSpan.FromTicks(ticks), Some.Moment) };
        host.Tell(SessionEvent.TimerElapsed)
            .Tell(SessionEvent.Opened)
            .Receive("T")
            .Tell(SessionEvent.SendStalled)
            .Tell(SessionEvent.SendCompleted)
            .Tell(SessionEvent.TimerElapsed);
        Assert.Equal("", host.Closed);
        host.Now = new Now(TimeSpan.MaxValue, Some.Moment);
        Assert.Equal(ticks > 0 ? "" : "LINE_TIMEOUT", host.Tell(SessionEvent.TimerElapsed).Closed);
    }

    [Fact]
    public void A_limit_that_is_off_never_ends_anything()
    {
        var host = Sent("0 TIME\n", Limited(0, 0));
        host.Now = new Now(TimeSpan.MaxValue, Some.Moment);
        Assert.Equal("", host.Tell(SessionEvent.TimerElapsed).Closed);
    }

    private static Limits Limited(int idle, int line) =>
        Some.With(
            Some.With(Some.With(Some.SmallLimits, "idle-timeout", idle), "line-timeout", line),
            "write-timeout",
            Write
        );

    private static string Expired(string sent, Limits limits, TimeSpan due, int later)
    {
        var host = Sent(sent, limits);
        host.Now = Some.At(due + TimeSpan.FromMilliseconds(later));
        return host.Tell(SessionEvent.TimerElapsed).Closed;
    }

    private static Host Sent(string script, Limits limits)
    {
        var host = new Host(limits) { Now = At(0) };
        host.Tell(SessionEvent.Opened);
        foreach (var piece in script.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = piece.Split(' ', 2);
            host.Now = At(int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
            Tell(host, words[1]);
        }

        return host;
    }

    private static Host Tell(Host host, string what) =>
        what switch
        {
            "<stalled>" => host.Tell(SessionEvent.SendStalled),
            "<some>" => host.Tell(SessionEvent.SendProgressed),
            "<all>" => host.Tell(SessionEvent.SendCompleted),
            _ => host.Receive(what.Replace("<overlong>", Overlong, StringComparison.Ordinal)),
        };

    private static Now At(int milliseconds) => Some.At(TimeSpan.FromMilliseconds(milliseconds));
}
