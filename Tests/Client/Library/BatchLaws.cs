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

/// <summary>A batch of any lines gets the replies of the protocol, however requests and replies are divided.</summary>
public class BatchLaws
{
    [Law]
    public async Task A_batch_gives_the_replies_that_the_protocol_defines(
        Conversation conversation,
        Segmentation input,
        Segmentation output
    )
    {
        byte[] lines =
        [
            .. conversation.Bytes.Span,
            .. conversation.Unfinished.IsEmpty ? [] : new[] { Grammar.Lf },
        ];
        var (expected, goodbye) = Expected(lines);
        await using var server = new InMemoryServer(output);

        var (result, replies) = await server.SendBatchAsync(input.Segments(lines));
        Assert.Equal(string.Concat(expected), replies);
        Assert.Equal(expected.Length, result.Replies);
        Assert.Equal(expected.Count(IsError), result.Errors);
        Assert.Equal(
            goodbye || expected.Where(IsError).HeadOrNone(),
            result.Error.Map(static error => $"ERROR {error.Code}\n")
        );
    }

    [Fact]
    public async Task A_batch_over_a_socket_sends_an_unterminated_last_line()
    {
        await using var server = ReferenceServer.Start();
        await using var requests = new ScriptedStream([WireBytes.Bytes("ECHO 1\nTIME")]);
        var result = TestValues.Right(
            await Batch.SendAsync(
                server.EndPoint,
                ClientOptions.Default,
                requests,
                static (_, _) => ValueTask.CompletedTask,
                static _ => { }
            )
        );
        Assert.Equal((2, true), (result.Replies, result.Error.IsNone));
    }

    [Theory]
    [InlineData(200_000)]
    [InlineData(600_000)]
    [InlineData(2_000_000)]
    public async Task A_line_longer_than_a_chunk_is_one_request(int length)
    {
        var lines = $"ECHO 1\nECHO {new string('x', length)}\nECHO 2\n";
        await using var server = new InMemoryServer();

        var (result, replies) = await server.SendBatchAsync(lines);
        Assert.Equal("ECHO 1\nERROR LINE_TOO_LONG\nECHO 2\n", replies);
        Assert.Equal((3, 1), (result.Replies, result.Errors));
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
        await using var server = new InMemoryServer(limits: LongLines);

        var (result, replies) = await server.SendBatchAsync([lines], LongReplies);
        var received = replies.Split('\n');
        Assert.Equal(("ECHO 1", "ECHO 2", 3), (received[0], received[2], result.Replies));
        Assert.StartsWith(reply, received[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reply_to_a_long_line_must_match_its_first_chunk()
    {
        await using var server = new InMemoryServer(
            limits: LongLines,
            alter: static _ => [$"ECHO x{new string('y', 199_999)}\n"]
        );
        var (result, replies) = await server.SendBatchAsync(
            $"ECHO {new string('x', 200_000)}\n",
            LongReplies
        );
        Assert.IsType<ClientError.ProtocolError>(TestValues.Given(result.Error));
        Assert.Equal("", replies);
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(200_000, 1)]
    [InlineData(1, 700_000)]
    public async Task Blank_lines_of_any_length_and_number_get_no_reply(int length, int count)
    {
        var blank = string.Concat(Enumerable.Repeat(new string(' ', length) + "\n", count));
        await using var server = new InMemoryServer();

        var (result, replies) = await server.SendBatchAsync($"ECHO 1\n{blank}ECHO 2\n{blank}");
        Assert.Equal("ECHO 1\nECHO 2\n", replies);
        Assert.Equal((2, 0L, true), (result.Replies, result.Errors, result.Error.IsNone));
    }

    private static Limits LongLines => TestValues.With(Limits.Default, "max-line", 1_000_000);

    private static ClientOptions LongReplies => ClientOptions.Default with { MaxReplyLine = 1_000_000 };

    /// <summary>A line of about that many bytes; its end is given escaped.</summary>
    private static byte[] Repeated(string begin, string middle, string end, int length) =>
        [
            .. WireBytes.Utf8(begin),
            .. WireBytes.Utf8(
                string.Concat(Enumerable.Repeat(middle, length / WireBytes.Utf8(middle).Length))
            ),
            .. TestValues.Given(Escape.FromPrintable(end)).Span,
        ];

    private static bool IsError(string line) => line.StartsWith("ERROR ", StringComparison.Ordinal);

    /// <summary>The replies, and the goodbye if the server sends one.</summary>
    private static (string[] Replies, Option<string> Goodbye) Expected(byte[] lines)
    {
        var output = HostedConversation.Sent(lines, Segmentation.Whole, Limits.Default).TakeOutput();
        var replies = output.Split('\n')[1..^1].Select(static line => $"{line}\n").ToArray();
        var isGoodbye =
            replies.Length > 0
            && Protocol
                .Read(WireBytes.Bytes(replies[^1].TrimEnd('\n')))
                .Exists(static reply => EventOrderLaws.IsGoodbye(reply));
        return isGoodbye ? (replies[..^1], replies[^1]) : (replies, Option<string>.None);
    }
}
