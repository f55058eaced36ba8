using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The limit of errors in a row (S-7).</summary>
public class ErrorLimitTests
{
    private static readonly Limits Three = TestValues.With(TestValues.SmallLimits, "max-errors", 3);
    private static readonly string Overlong = new string('x', 65) + "\n";

    [Theory]
    [InlineData("x\nx\n", 2, "")]
    [InlineData("x\nx\nx\n", 3, "TOO_MANY_ERRORS")]
    [InlineData("x\nx\n\n \nx\n", 3, "TOO_MANY_ERRORS")]
    [InlineData("x\nx\nTIME\nx\nx\n", 2, "")]
    [InlineData("x\nx\nHELP\n", 0, "")]
    [InlineData("x\necho\n\xFF\n", 3, "TOO_MANY_ERRORS")]
    [InlineData("x\nx\nQUIT\n", 2, "QUIT")]
    public void Errors_in_a_row_are_counted_and_a_success_resets_the_count(
        string sent,
        int errors,
        string closeReason
    )
    {
        var host = Host.Opened(Three).Receive(sent);
        Assert.Equal((errors, closeReason), (host.Session.Errors, host.CloseReason));
    }

    [Fact]
    public void An_overlong_line_counts_as_an_error()
    {
        var host = Host.Opened(Three).Receive(Overlong + Overlong);
        Assert.Equal((2, ""), (host.Session.Errors, host.CloseReason));
        Assert.Equal("TOO_MANY_ERRORS", host.Receive(Overlong + "TIME\n").CloseReason);
    }

    [Fact]
    public void The_error_that_reaches_the_limit_is_sent_before_the_goodbye()
    {
        var host = Host.Opened(Three).Receive("x\nx\n");
        host.TakeOutput();
        Assert.Equal(
            "ERROR BAD_ARGUMENTS\nERROR TOO_MANY_ERRORS\n",
            host.Receive("ECHO\nTIME\n").TakeOutput()
        );
    }

    [Fact]
    public void Zero_allows_any_number_of_errors()
    {
        var unlimited = TestValues.With(Three, "max-errors", 0);
        var host = Host.Opened(unlimited).Receive(string.Concat(Enumerable.Repeat("x\n", 10_000)));
        Assert.Equal((10_000, ""), (host.Session.Errors, host.CloseReason));
    }

    [Fact]
    public void The_error_count_stops_at_the_largest_int()
    {
        var unlimited = TestValues.With(Three, "max-errors", 0);
        var session = Host.Opened(unlimited).Session with { Errors = int.MaxValue };
        var destination = new byte[Session.MinOutputSize(unlimited)];
        var step = SessionMachine.Step(
            session,
            SessionEvent.Received("x\nx\n"u8.ToArray()),
            TestValues.Now,
            unlimited,
            destination
        );
        Assert.Equal((int.MaxValue, NextAction.Read), (step.Session.Errors, step.Next));
    }
}
