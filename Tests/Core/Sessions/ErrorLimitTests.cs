using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Errors in a row (S-7).</summary>
public class ErrorLimitTests
{
    private static readonly Limits Three = Some.With(Some.SmallLimits, "max-errors", 3);
    private static readonly string Overlong = new string('x', 65) + "\n";

    [Theory]
    [InlineData("x\nx\n", 2, "")]
    [InlineData("x\nx\nx\n", 3, "TOO_MANY_ERRORS")]
    [InlineData("x\nx\n\n \nx\n", 3, "TOO_MANY_ERRORS")]
    [InlineData("x\nx\nTIME\nx\nx\n", 2, "")]
    [InlineData("x\nx\nHELP\n", 0, "")]
    [InlineData("x\necho\n\xFF\n", 3, "TOO_MANY_ERRORS")]
    [InlineData("x\nx\nQUIT\n", 2, "QUIT")]
    public void Errors_in_a_row_are_counted_and_a_success_sets_the_count_back(
        string sent,
        int errors,
        string closed
    )
    {
        var host = Host.Opened(Three).Receive(sent);
        Assert.Equal((errors, closed), (host.Session.Errors, host.Closed));
    }

    [Fact]
    public void An_overlong_line_is_an_error_like_any_other()
    {
        var host = Host.Opened(Three).Receive(Overlong + Overlong);
        Assert.Equal((2, ""), (host.Session.Errors, host.Closed));
        Assert.Equal("TOO_MANY_ERRORS", host.Receive(Overlong + "TIME\n").Closed);
    }

    [Fact]
    public void The_error_that_is_one_too_many_is_answered_before_the_goodbye()
    {
        var host = Host.Opened(Three).Receive("x\nx\n");
        host.TakeSaid();
        Assert.Equal("ERROR BAD_ARGUMENTS\nERROR TOO_MANY_ERRORS\n", host.Receive("ECHO\nTIME\n").TakeSaid());
    }

    [Fact]
    public void Zero_allows_any_number()
    {
        var off = Some.With(Three, "max-errors", 0);
        var host = Host.Opened(off).Receive(string.Concat(Enumerable.Repeat("x\n", 10_000)));
        Assert.Equal((10_000, ""), (host.Session.Errors, host.Closed));
    }

    [Fact]
    public void A_count_that_can_grow_no_more_stays()
    {
        var off = Some.With(Three, "max-errors", 0);
        var many = Host.Opened(off).Session with { Errors = int.MaxValue };
        var room = new byte[Session.MinOutputSize(off)];
        var step = SessionMachine.Step(
            many,
            SessionEvent.Received("x\nx\n"u8.ToArray()),
            Some.Now,
            off,
            room
        );
        Assert.Equal((int.MaxValue, NextAction.Read), (step.Session.Errors, step.Next));
    }
}
