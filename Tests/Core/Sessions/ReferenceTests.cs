using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The behaviour of TinyTCP by example: what a peer sends, and the output after the greeting.</summary>
public class ReferenceTests
{
    /// <summary>
    /// What the peer sends, one character per byte; the output, with | for LF and ; for |; the close reason, empty
    /// while open.
    /// </summary>
    public static TheoryData<string, string, string> Examples =>
        new()
        {
            { "TIME\n", "TIME 2025-09-12T17:24:13-05:00|", "" },
            { "TIME\r\n", "TIME 2025-09-12T17:24:13-05:00|", "" },
            { " \t tImE \v\f\r\n", "TIME 2025-09-12T17:24:13-05:00|", "" },
            { "TIME now please\n", "TIME 2025-09-12T17:24:13-05:00|", "" },
            { "ECHO Hello from client\n", "ECHO Hello from client|", "" },
            { "echo  a \t b  \r\n", "ECHO a \t b|", "" },
            { "ECHO see HTTP/1.1\n", "ECHO see HTTP/1.1|", "" },
            { "ECHO \x1B[2J\0\n", "ECHO \x1B[2J\0|", "" },
            { "ECHO\n", "ERROR BAD_ARGUMENTS|", "" },
            { "ECHO \t\v\f\r\n", "ERROR BAD_ARGUMENTS|", "" },
            { "HELP\n", $"HELP COMMANDS: {Model.HelpText.Replace('|', ';')}|", "" },
            { "help me\n", $"HELP COMMANDS: {Model.HelpText.Replace('|', ';')}|", "" },
            { "QUIT\n", "BYE|", "QUIT" },
            { "quit now\nTIME\n", "BYE|", "QUIT" },
            { "NONSENSE\n", "ERROR UNKNOWN_COMMAND|", "" },
            { "NONSENSE\nECHO on\n", "ERROR UNKNOWN_COMMAND|ECHO on|", "" },
            { "T\xC4\xB1ME\n", "ERROR UNKNOWN_COMMAND|", "" },
            { "\xC2\xA0TIME\n", "ERROR UNKNOWN_COMMAND|", "" },
            { "TIME\rECHO x\n", "TIME 2025-09-12T17:24:13-05:00|", "" },
            { "\n\r\n \t\n", "", "" },
            { "ECHO a\n\nECHO b\n", "ECHO a|ECHO b|", "" },
            { "ECHO 1\nECHO 2\nECHO 3\n", "ECHO 1|ECHO 2|ECHO 3|", "" },
            { "ECHO caf\xE9\n", "ERROR BAD_ENCODING|", "" },
            { "TIME \xFF\n", "ERROR BAD_ENCODING|", "" },
            { "\xFF\xF4\xFF\xFD\x06\n", "ERROR BAD_ENCODING|", "" },
            { "GET \xFF HTTP/1.1\n", "ERROR BAD_ENCODING|", "" },
            { "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "ERROR WRONG_PROTOCOL|", "WRONG_PROTOCOL" },
            { "TIME x HTTP/1.1\nECHO on\n", "TIME 2025-09-12T17:24:13-05:00|ECHO on|", "" },
            { "\x16\x03\x01", "ERROR WRONG_PROTOCOL|", "WRONG_PROTOCOL" },
            { "\n\x16\x03\x01\n", "ERROR UNKNOWN_COMMAND|", "" },
            { "<long>\nECHO on\n", "ERROR LINE_TOO_LONG|ECHO on|", "" },
            { "<long>\xFF HTTP/1.1\nECHO on\n", "ERROR LINE_TOO_LONG|ECHO on|", "" },
            { "<long>", "ERROR LINE_TOO_LONG|", "" },
            { "TIME", "", "" },
        };

    public static TheoryData<string, string, string> FinishedExamples =>
        new()
        {
            { "", "", "PEER_FINISHED" },
            { "ECHO a\n", "ECHO a|", "PEER_FINISHED" },
            { "ECHO a\nTIME", "ECHO a|ERROR UNTERMINATED_LINE|", "UNTERMINATED_LINE" },
            { "QUIT", "ERROR UNTERMINATED_LINE|", "UNTERMINATED_LINE" },
            { "<long>", "ERROR LINE_TOO_LONG|", "PEER_FINISHED" },
        };

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_peer_that_does_not_finish_gets_the_listed_output(
        string sent,
        string output,
        string closeReason
    ) =>
        Assert.Equal(
            (Expected(output), closeReason),
            Result(HostedConversation.Sent(Bytes(sent), Segmentation.Whole, Limits.Default))
        );

    [Theory]
    [MemberData(nameof(FinishedExamples))]
    public void A_peer_that_finishes_gets_the_listed_output(string sent, string output, string closeReason) =>
        Assert.Equal(
            (Expected(output), closeReason),
            Result(
                HostedConversation
                    .Sent(Bytes(sent), Segmentation.Whole, Limits.Default)
                    .Handle(SessionEvent.PeerFinished)
            )
        );

    private static (string Output, string CloseReason) Result(Host host) =>
        (host.Outcome.Output, host.CloseReason);

    private static string Expected(string output) =>
        "WELCOME, I'm TinyServer not pressure\n" + output.Replace('|', '\n').Replace(';', '|');

    /// <summary>The bytes that a row sends.</summary>
    internal static byte[] Bytes(string sent) =>
        WireBytes.Bytes(
            sent.Replace("<long>", new string('x', Limits.Default.MaxLine + 1), StringComparison.Ordinal)
        );
}
