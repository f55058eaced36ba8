using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>
/// The timers of a conversation, to the millisecond (S-3, S-5, S-6, S-12). No test waits, because time is an argument.
/// </summary>
public class DeadlineTests
{
    private const int Idle = 10_000;
    private const int Line = 3_000;
    private const int Write = 2_000;

    private static readonly Limits BothTimeouts = Limited(Idle, Line);
    private static readonly string Overlong = new('x', BothTimeouts.MaxLine + 1);

    /// <summary>
    /// What the peer sends, each after its time in ms; the idle timeout; the line timeout; the deadline and its close
    /// reason. The greeting is sent at 0.
    /// </summary>
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
    public void A_deadline_expires_to_the_millisecond(string sent, int idle, int line, string expected)
    {
        var limits = Limited(idle, line);
        var deadline = Run(sent, limits).Session.Deadline(limits);
        Assert.Equal(
            expected,
            deadline == TimeSpan.MaxValue
                ? "never"
                : $"{deadline.TotalMilliseconds} {CloseReasonAt(sent, limits, deadline, 0)}"
        );
        if (deadline != TimeSpan.MaxValue)
        {
            Assert.Equal("", CloseReasonAt(sent, limits, deadline, -1));
            Assert.Equal(CloseReasonAt(sent, limits, deadline, 0), CloseReasonAt(sent, limits, deadline, 1));
        }
    }

    [Fact]
    public void An_expired_deadline_sends_the_goodbye()
    {
        var host = Run("0 T", BothTimeouts);
        host.TakeOutput();
        host.Now = At(Line);
        Assert.Equal("ERROR LINE_TIMEOUT\n", host.Handle(SessionEvent.TimerElapsed).TakeOutput());
    }

    [Fact]
    public void TimerElapsed_before_the_deadline_changes_nothing()
    {
        var host = Run("0 T", BothTimeouts);
        var before = host.Session;
        host.Now = At(Line - 1);
        Assert.Equal(before, host.Handle(SessionEvent.TimerElapsed).Session);
    }

    [Fact]
    public void No_timer_runs_before_the_greeting() =>
        Assert.Equal(TimeSpan.MaxValue, default(Session).Deadline(BothTimeouts));

    /// <summary>S-3: one second after the final reply has been sent; before that, the write timeout.</summary>
    [Theory]
    [InlineData("500 QUIT\n", 1_500)]
    [InlineData("500 QUIT\n|1400 more", 1_500)]
    [InlineData("500 QUIT\n|500 <stalled>", 2_500)]
    [InlineData("500 QUIT\n|500 <stalled>|1500 <some>", 3_500)]
    [InlineData("500 QUIT\n|500 <stalled>|1500 <some>|2000 <all>", 3_000)]
    [InlineData("500 TIME\n|600 <stalled>|1000 QUIT\n|2000 <all>", 3_000)]
    public void After_the_final_reply_the_peer_has_a_second_to_finish(string sent, int expected) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(expected),
            Run(sent, BothTimeouts).Session.Deadline(BothTimeouts)
        );

    /// <summary>S-3: more than 64 MiB after the final reply end the wait.</summary>
    [Fact]
    public void Too_many_bytes_after_the_final_reply_end_the_linger()
    {
        var host = Run("500 QUIT\n", BothTimeouts);
        var megabyte = new byte[1024 * 1024];
        for (var count = 0; count < 64; count++)
        {
            Assert.Equal(
                TimeSpan.FromMilliseconds(1_500),
                host.Receive(megabyte).Session.Deadline(BothTimeouts)
            );
        }

        Assert.Equal(TimeSpan.FromMilliseconds(500), host.Receive("x").Session.Deadline(BothTimeouts));
    }

    /// <summary>S-3: also while the peer has not received the final reply.</summary>
    [Fact]
    public void Too_many_bytes_end_a_stall_after_the_final_reply()
    {
        var host = Run("500 QUIT\n|500 <stalled>", BothTimeouts);
        host.Receive(new byte[Session.LingerBytes]);
        Assert.Equal(TimeSpan.FromMilliseconds(2_500), host.Session.Deadline(BothTimeouts));
        Assert.Equal(TimeSpan.FromMilliseconds(500), host.Receive("x").Session.Deadline(BothTimeouts));
    }

    /// <summary>S-9: at once if the client is quiet, else 100 ms after its last line, and in 1 s at most.</summary>
    [Theory]
    [InlineData("", 0, 100)]
    [InlineData("", 100, 100)]
    [InlineData("500 TIME\n", 5_000, 5_000)]
    [InlineData("500 TIME\n", 550, 600)]
    [InlineData("500 TIME\n|1300 TIME\n", 500, 1_400)]
    [InlineData("500 TIME\n|1450 TIME\n", 500, 1_500)]
    [InlineData("500 T|900 I", 950, 950)]
    public void The_shutdown_deadline_waits_until_the_client_is_quiet(
        string sent,
        int requested,
        int expected
    ) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(expected),
            Run(sent, BothTimeouts).Session.ShutdownDeadline(TimeSpan.FromMilliseconds(requested))
        );

    /// <summary>S-12: zero disables the write timer.</summary>
    [Fact]
    public void Without_a_write_timeout_a_stall_has_no_deadline()
    {
        var limits = TestValues.With(BothTimeouts, "write-timeout", 0);
        Assert.Equal(TimeSpan.MaxValue, Run("500 T|600 <stalled>", limits).Session.Deadline(limits));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(long.MaxValue - 1)]
    [InlineData(long.MinValue)]
    [InlineData(0)]
    public void A_clock_at_its_extremes_causes_no_overflow(long ticks)
    {
        var host = new Host(BothTimeouts) { Now = new Now(TimeSpan.FromTicks(ticks), TestValues.Moment) };
        host.Handle(SessionEvent.TimerElapsed)
            .Handle(SessionEvent.Opened)
            .Receive("T")
            .Handle(SessionEvent.SendStalled)
            .Handle(SessionEvent.SendCompleted)
            .Handle(SessionEvent.TimerElapsed);
        Assert.Equal("", host.CloseReason);
        host.Now = new Now(TimeSpan.MaxValue, TestValues.Moment);
        Assert.Equal(ticks > 0 ? "" : "LINE_TIMEOUT", host.Handle(SessionEvent.TimerElapsed).CloseReason);
    }

    [Fact]
    public void A_limit_that_is_off_closes_no_connection()
    {
        var host = Run("0 TIME\n", Limited(0, 0));
        host.Now = new Now(TimeSpan.MaxValue, TestValues.Moment);
        Assert.Equal("", host.Handle(SessionEvent.TimerElapsed).CloseReason);
    }

    private static Limits Limited(int idle, int line) =>
        TestValues.With(
            TestValues.With(
                TestValues.With(TestValues.SmallLimits, "idle-timeout", idle),
                "line-timeout",
                line
            ),
            "write-timeout",
            Write
        );

    private static string CloseReasonAt(string sent, Limits limits, TimeSpan deadline, int offset)
    {
        var host = Run(sent, limits);
        host.Now = TestValues.At(deadline + TimeSpan.FromMilliseconds(offset));
        return host.Handle(SessionEvent.TimerElapsed).CloseReason;
    }

    private static Host Run(string script, Limits limits)
    {
        var host = new Host(limits) { Now = At(0) };
        host.Handle(SessionEvent.Opened);
        foreach (var entry in script.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = entry.Split(' ', 2);
            host.Now = At(int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture));
            Handle(host, parts[1]);
        }

        return host;
    }

    private static Host Handle(Host host, string input) =>
        input switch
        {
            "<stalled>" => host.Handle(SessionEvent.SendStalled),
            "<some>" => host.Handle(SessionEvent.SendProgressed),
            "<all>" => host.Handle(SessionEvent.SendCompleted),
            _ => host.Receive(input.Replace("<overlong>", Overlong, StringComparison.Ordinal)),
        };

    private static Now At(int milliseconds) => TestValues.At(TimeSpan.FromMilliseconds(milliseconds));
}
