using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A batch of any lines gives what the protocol says of them, however requests and replies are cut.</summary>
public class BatchLaws
{
    [Law]
    public async Task A_batch_gives_the_replies_that_the_protocol_defines(
        Conversation conversation,
        Segmentation input,
        Segmentation replies
    )
    {
        byte[] lines =
        [
            .. conversation.Bytes.Span,
            .. conversation.Unfinished.IsEmpty ? [] : new[] { Grammar.Lf },
        ];
        var (expected, goodbye) = Expected(lines);
        await using var server = ReferenceServer.Start(replies);

        var (outcome, printed) = await SendAsync(server, input.Segments(lines), ClientOptions.Default);
        Assert.Equal(string.Concat(expected), printed);
        Assert.Equal(expected.Length, outcome.Replies);
        Assert.Equal(expected.Count(IsError), outcome.Errors);
        Assert.Equal(
            goodbye || expected.Where(IsError).HeadOrNone(),
            outcome.Error.Map(static error => $"ERROR {error.Code}\n")
        );
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(600_000)]
    [InlineData(2_000_000)]
    public async Task A_line_longer_than_a_chunk_is_one_request(int length)
    {
        var lines = $"ECHO 1\nECHO {new string('x', length)}\nECHO 2\n";
        await using var server = ReferenceServer.Start();

        var (outcome, printed) = await SendAsync(server, [WireBytes.Bytes(lines)], ClientOptions.Default);
        Assert.Equal("ECHO 1\nERROR LINE_TOO_LONG\nECHO 2\n", printed);
        Assert.Equal((3, 1), (outcome.Replies, outcome.Errors));
    }

    [Theory]
    [InlineData("ECHO ", "x", "", "ECHO ")]
    [InlineData("  echo\t", "é", @"ü \x0D", "ECHO ")]
    [InlineData("ECHO ", " ", "x", "ECHO x")]
    [InlineData("TIME ", "世", "", "TIME 2")]
    [InlineData("", " ", "HELP", "HELP ")]
    [InlineData("x", "y", "", "ERROR UNKNOWN_COMMAND")]
    [InlineData("ECHO ", "é", @"\xFF", "ERROR BAD_ENCODING")]
    public async Task A_line_longer_than_a_chunk_gets_one_reply_from_a_server_that_accepts_it(
        string begin,
        string middle,
        string end,
        string reply
    )
    {
        var line = Repeated(begin, middle, end, 300_000);
        byte[] lines = [.. WireBytes.Bytes("ECHO 1\n"), .. line, .. WireBytes.Bytes("\nECHO 2\n")];
        await using var server = ReferenceServer.Start(Segmentation.Whole, LongLines);

        var (outcome, printed) = await SendAsync(server, [lines], LongReplies);
        var said = printed.Split('\n');
        Assert.Equal(("ECHO 1", "ECHO 2", 3), (said[0], said[2], outcome.Replies));
        Assert.StartsWith(reply, said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reply_to_a_long_line_must_match_its_first_chunk()
    {
        await using var server = FakeServer.StartWithGreeting(static async caller =>
        {
            await caller.ReadLineAsync();
            await caller.SendAsync($"ECHO x{new string('y', 199_999)}\n");
        });
        var line = WireBytes.Bytes($"ECHO {new string('x', 200_000)}\n");
        var (outcome, printed) = await SendAsync(server, [line], LongReplies);
        Assert.IsType<ClientError.ProtocolError>(TestValues.Given(outcome.Error));
        Assert.Equal("", printed);
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(200_000, 1)]
    [InlineData(1, 700_000)]
    public async Task Blank_lines_of_any_length_and_number_get_no_reply(int length, int count)
    {
        var blank = string.Concat(Enumerable.Repeat(new string(' ', length) + "\n", count));
        await using var server = ReferenceServer.Start();

        var lines = WireBytes.Bytes($"ECHO 1\n{blank}ECHO 2\n{blank}");
        var (outcome, printed) = await SendAsync(server, [lines], ClientOptions.Default);
        Assert.Equal("ECHO 1\nECHO 2\n", printed);
        Assert.Equal((2, 0L, true), (outcome.Replies, outcome.Errors, outcome.Error.IsNone));
    }

    internal static async Task<(BatchResult Outcome, string Printed)> SendAsync(
        FakeServer server,
        IEnumerable<ReadOnlyMemory<byte>> segments,
        ClientOptions options
    )
    {
        var printed = new MemoryStream();
        await using var requests = new ScriptedStream(segments);
        var sent = await Batch.SendAsync(
            TestValues.Right(ServerEndPoint.From(server.Address)),
            options,
            requests,
            printed.WriteAsync,
            static _ => { }
        );
        return (TestValues.Right(sent), System.Text.Encoding.UTF8.GetString(printed.ToArray()));
    }

    private static Limits LongLines => TestValues.With(Limits.Default, "max-line", 1_000_000);

    private static ClientOptions LongReplies => ClientOptions.Default with { MaxReplyLine = 1_000_000 };

    /// <summary>A line of about so many bytes, its end escaped.</summary>
    private static byte[] Repeated(string begin, string middle, string end, int length) =>
        [
            .. WireBytes.Utf8(begin),
            .. WireBytes.Utf8(
                string.Concat(Enumerable.Repeat(middle, length / WireBytes.Utf8(middle).Length))
            ),
            .. TestValues.Given(Escape.FromPrintable(end)).Span,
        ];

    private static bool IsError(string line) => line.StartsWith("ERROR ", StringComparison.Ordinal);

    /// <summary>The replies, and the goodbye if one was said.</summary>
    private static (string[] Replies, Option<string> Goodbye) Expected(byte[] lines)
    {
        var said = System.Text.Encoding.UTF8.GetString(
            WireBytes.Bytes(HostedConversation.Sent(lines, Segmentation.Whole, Limits.Default).TakeOutput())
        );
        var replies = said.Split('\n')[1..^1].Select(static line => $"{line}\n").ToArray();
        var isGoodbye =
            replies.Length > 0
            && Protocol
                .Read(replies[^1].TrimEnd('\n'))
                .Exists(static reply => EventOrderLaws.IsGoodbye(reply));
        return isGoodbye ? (replies[..^1], replies[^1]) : (replies, Option<string>.None);
    }
}
