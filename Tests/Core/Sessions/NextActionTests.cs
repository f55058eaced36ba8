using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>What a host is told to do, and why a conversation ended, case by case.</summary>
public class NextActionTests
{
    public static TheoryData<NextAction, string> Cases =>
        new()
        {
            { NextAction.Read, "read" },
            { NextAction.Flush, "flush" },
            { NextAction.Close(CloseReason.PeerFinished), "close PEER_FINISHED" },
            { NextAction.Close(CloseReason.Quit), "close QUIT" },
            { NextAction.Close(CloseReason.Goodbye(ErrorCode.IdleTimeout)), "close IDLE_TIMEOUT" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_case_meets_its_own_function_of_a_match(NextAction next, string expected)
    {
        Assert.Equal(
            expected,
            next.Match(
                read: static () => "read",
                flush: static () => "flush",
                close: static reason => $"close {reason}"
            )
        );
        Assert.Equal(expected is "read", next.IsRead);
    }

    [Law]
    public void Each_reason_to_close_calls_its_own_function_of_a_match(ErrorCode error) =>
        Assert.All(
            [
                CloseReason.PeerFinished,
                CloseReason.Quit,
                CloseReason.Goodbye(error),
                CloseReason.WriteTimeout,
            ],
            static reason =>
                Assert.Equal(
                    reason.Name,
                    reason.Match(
                        peerFinished: static () => "PEER_FINISHED",
                        quit: static () => "QUIT",
                        goodbye: static code => code.Name,
                        writeTimeout: static () => "WRITE_TIMEOUT"
                    )
                )
        );

    [Law]
    public void Only_a_goodbye_has_a_final_error(ErrorCode error)
    {
        Assert.Equal(error, Some.Given(CloseReason.Goodbye(error).FinalError));
        Assert.True(CloseReason.Quit.FinalError.IsNone && CloseReason.PeerFinished.FinalError.IsNone);
    }
}
