using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>The steps of the server's part of a transcript.</summary>
public class ServerPlayerTests
{
    [Fact]
    public void Lines_are_received_whole_and_optional_ones_and_the_end_of_the_client_are_passed_over()
    {
        var players = TranscriptServer.Start(
            TestValues.Right(
                Transcript.Parse(
                    """
                    # Fields, comments and blank lines are not played.
                    max-line: 64

                    CONNECT to h:1
                    <- WELCOME, <text>
                    <? NOTICE
                    -> a\x0Ab\c
                    -> c
                    -> d\c
                    FINISH
                    +0.5 <- ECHO a
                    CLOSED
                    CONNECT to h:1
                    -> e\c
                    """
                )
            ),
            TestValues.Moment
        );
        Assert.Equal(
            [
                "connect",
                "send WELCOME, text",
                "receive a",
                "receive bc",
                "receive d",
                "send ECHO a at +0.500",
                "finish",
            ],
            Steps(players[0], "a", "bc", "d\\c")
        );
        Assert.Equal(["connect", "receive e"], Steps(players[1], "e\\c"));
        Assert.Equal(2, players.Length);
        Assert.Empty(TranscriptServer.Start(Transcript.Empty, TestValues.Moment));
    }

    /// <summary>The steps of a player that gets lines as expected; <c>\c</c> is the end of one without LF.</summary>
    private static IEnumerable<string> Steps(TranscriptPlayer player, params string[] lines)
    {
        var rest = new Queue<string>(lines);
        while (
            player.Next.IsSome
            && TestValues.Given(player.Next) is not PlayerStep.Receive { Wait: PlayerWait.None }
        )
        {
            yield return TestValues
                .Given(player.Next)
                .Match(
                    connect: static _ => "connect",
                    send: static send =>
                        $"send {$"{send.Bytes}".Replace(@"\x0A", "", StringComparison.Ordinal)}{send.Time.Map(static time => $" at {time}").IfNone("")}",
                    finish: static _ => "finish",
                    receive: _ => $"receive {rest.Peek().Replace(@"\c", "", StringComparison.Ordinal)}"
                );
            player =
                TestValues.Given(player.Next) is PlayerStep.Receive
                    ? player.Received(InputOf(rest.Dequeue()))
                    : player.Done();
        }

        Assert.Empty(player.Mismatches);
    }

    private static PlayerInput.Line InputOf(string line)
    {
        var isEnded = !line.EndsWith(@"\c", StringComparison.Ordinal);
        return new(ByteString.From(WireBytes.Utf8(isEnded ? line : line[..^2])), isEnded, TestValues.Moment);
    }
}
