using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The cases of NextAction and CloseReason.</summary>
public class NextActionTests
{
    public static TheoryData<NextAction, string> Cases =>
        new()
        {
            { NextAction.Read, "read" },
            { NextAction.Flush, "flush" },
            { NextAction.Close(CloseReason.PeerFinished), "close PEER_FINISHED" },
            { NextAction.Close(CloseReason.Quit), "close QUIT" },
            { NextAction.Close(CloseReason.WriteTimeout), "close WRITE_TIMEOUT" },
            { NextAction.Close(CloseReason.Goodbye(ErrorCode.IdleTimeout)), "close IDLE_TIMEOUT" },
        };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Match_calls_the_function_of_the_action(NextAction next, string expected)
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
    public void Match_calls_the_function_of_the_close_reason(ErrorCode error) =>
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
        Assert.Equal(error, TestValues.Given(CloseReason.Goodbye(error).FinalError));
        Assert.All(
            [CloseReason.Quit, CloseReason.PeerFinished, CloseReason.WriteTimeout],
            static reason => Assert.True(reason.FinalError.IsNone)
        );
    }
}
