using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The client that waits on its caller's thread: what it hears it judges as the other one does, and in time.</summary>
public class BlockingClientTests
{
    private const string Hello = "WELCOME, test\n";
    private const string Time = "TIME 2025-09-12T17:24:13-05:00\n";

    private readonly FakeTimeProvider clock = new();

    /// <summary>What a server says first, what it says to each line, and the lines; then it closes.</summary>
    public static TheoryData<string, string[], string[]> Conversations { get; } =
        new()
        {
            { "", [], [] },
            { "WELC", [], [] },
            { "BYE\n", [], [] },
            { "SSH-2.0-OpenSSH_9.2\r\n", [], [] },
            { "WELCOME, \xFF\n", [], [] },
            { "ERROR SERVER_BUSY\n", [], [] },
            { "ERROR OUT_OF_TEA\n", [], [] },
            { "WELCOME, " + new string('x', 60), [], [] },
            { Hello + "BYE\n", [], ["TIME", "HELP"] },
            { Hello + "ERROR IDLE_TIMEOUT\n", [], ["TIME", "HELP"] },
            { Hello, ["time 2025-09-12T22:24:13.5Z\r\n"], [" tIME "] },
            { Hello, ["ERROR BAD_ARGUMENTS\n", Time], ["ECHO", "TIME"] },
            { Hello, ["ERROR OUT_OF_TEA\n", Time], ["TEA", "TIME"] },
            { Hello, ["ERROR WRONG_PROTOCOL\n"], ["GET / HTTP/1.1", "TIME"] },
            { Hello, ["ECHO two\n"], ["ECHO one", "TIME"] },
            { Hello, [Time], ["nonsense", "TIME"] },
            { Hello, ["TIME yesterday\n"], ["TIME", "TIME"] },
            { Hello, ["TIME " + new string('x', 60)], ["TIME", "TIME"] },
            { Hello, [""], ["TIME", "TIME"] },
            { Hello, ["TIME 2025-"], ["TIME", "TIME"] },
            { Hello, ["BYE\n"], [" quit ", "TIME"] },
            { Hello, ["BYE\nBYE\n"], ["QUIT", "TIME"] },
            { Hello, ["BYE\nmore"], ["QUIT", "TIME"] },
            { Hello, ["ERROR OUT_OF_TEA\n", Time], ["QUIT", "TIME"] },
            { Hello, [Time], ["QUIT", "TIME"] },
            { Hello, [Time], ["", " \t", "two\nlines", "TIME"] },
        };

    private ClientOptions Options =>
        ClientOptions.Default with
        {
            Time = clock,
            ReplyTimeout = TimeSpan.FromSeconds(5),
            MaxReplyLine = 64,
        };

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task It_answers_as_the_client_that_does_not_wait(
        string first,
        string[] replies,
        string[] lines
    )
    {
        await using var server = Peer.Playing(async caller =>
        {
            await caller.SayAsync(first);
            foreach (var reply in replies)
            {
                await caller.HearAsync();
                await caller.SayAsync(reply);
            }
        });

        Assert.Equal(
            await AnswersAsync(server, lines),
            Answers(BlockingClient.Open(PromptStream.Saying(first, replies), Options), lines)
        );
    }

    [Law]
    public void Each_line_gets_its_reply_however_these_are_cut(Command[] commands, Segmentation cut)
    {
        using var client = TestValues.Right(
            BlockingClient.Open(PromptStream.Truthful(cut), ClientOptions.Default)
        );
        var isOver = false;
        foreach (var command in commands)
        {
            var answer = client.Ask(WireBytes.Utf8(Protocol.Render(command)));
            Assert.Equal(
                isOver
                    ? new ClientError.Over(EndedBy.Quit)
                    : Protocol.Render(Protocol.Evaluate(command, TestValues.Moment)),
                answer
            );
            isOver |= command == Command.Quit;
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(Hello, Time)]
    [InlineData(Hello + "TIM", "E 2025")]
    [InlineData(Hello, "BYE\n")]
    public void What_does_not_come_in_time_is_given_up_for_good(string first, string reply)
    {
        var stream = new PromptStream(Segmentation.Whole)
        {
            Hear = (server, line) => server.Say(line == "TIME\n" && reply == Time ? "" : reply),
            Silence = PromptStream.Late(clock),
        }.Say(first);
        var opened = BlockingClient.Open(stream, Options);
        var line = reply == "BYE\n" ? "QUIT" : "TIME";
        var awaited =
            opened.IsLeft ? Awaited.Greeting
            : line == "QUIT" ? Awaited.Close
            : Awaited.ReplyTo(ByteString.From(WireBytes.Bytes(line)));

        var late = new ClientError.TimedOut(awaited, Options.ReplyTimeout);
        Assert.Equal(late, TestValues.Left(opened.Bind(client => client.Ask(WireBytes.Bytes(line)))));
        Assert.Equal(late, TestValues.Left(opened.Bind(static client => client.Ask("HELP"u8.ToArray()))));
        Assert.Equal(Options.ReplyTimeout, clock.GetUtcNow() - clock.Start);
        Assert.Equal(opened.IsLeft, stream.IsDisposed);
    }

    [Fact]
    public void Byte_after_byte_without_an_end_does_not_stretch_the_time()
    {
        var stream = new PromptStream(Segmentation.ByteByByte)
        {
            Hear = static (server, _) => server.Say(Time),
            Reading = () => clock.Advance(TimeSpan.FromSeconds(0.3)),
        }.Say(Hello);
        using var client = TestValues.Right(BlockingClient.Open(stream, Options));

        Assert.IsType<ClientError.TimedOut>(TestValues.Left(client.Ask("TIME"u8.ToArray())));
        Assert.Equal(200, stream.ReadTimeout);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_goodbye_is_read_even_where_the_request_could_not_be_sent(bool isSaid)
    {
        var stream = new PromptStream(Segmentation.Whole)
        {
            Hear = (server, _) =>
            {
                server.Say(isSaid ? "ERROR SHUTTING_DOWN\n" : "");
                throw new IOException("broken pipe");
            },
        }.Say(Hello);
        using var client = TestValues.Right(BlockingClient.Open(stream, Options));

        Assert.Equal(
            isSaid
                ? new ClientError.Goodbye(ErrorCode.ShuttingDown)
                : new ClientError.Lost(Awaited.ReplyTo(ByteString.From("TIME"u8)), "broken pipe", Begun: ""),
            TestValues.Left(client.Ask("TIME"u8.ToArray()))
        );
    }

    [Fact]
    public void The_observer_sees_every_line_and_ends_the_conversation_where_it_throws()
    {
        var seen = new List<string>();
        using var client = TestValues.Right(
            BlockingClient.Open(
                PromptStream.Truthful(Segmentation.Whole),
                Options with
                {
                    Observer = line =>
                    {
                        seen.Add(line.ToString());
                        _ = seen.Count < 5 ? 0 : throw new InvalidOperationException("the observer's");
                    },
                }
            )
        );

        Assert.Equal("ECHO a\tb", client.Ask("ECHO a\tb"u8.ToArray()));
        Assert.Throws<InvalidOperationException>(() => client.Ask("TIME"u8.ToArray()));
        Assert.Equal(new ClientError.Over(EndedBy.Observer), client.Ask("TIME"u8.ToArray()));
        Assert.Equal(
            [
                "<- WELCOME, I'm TinyServer not pressure",
                @"-> ECHO a\x09b",
                @"<- ECHO a\x09b",
                "-> TIME",
                $"<- {Time}".TrimEnd(),
            ],
            seen
        );
    }

    [Fact]
    public void An_observer_that_throws_at_a_line_that_nobody_asked_for_ends_it_too()
    {
        var stream = new PromptStream(Segmentation.Whole).Say($"{Hello}BYE\n");
        var observed = Options with
        {
            Observer = static line =>
                _ = line.ToString() == "<- BYE" ? throw new InvalidOperationException("the observer's") : 0,
        };
        using var client = TestValues.Right(BlockingClient.Open(stream, observed));

        Assert.Throws<InvalidOperationException>(() => client.Ask("TIME"u8.ToArray()));
        Assert.Equal(new ClientError.Over(EndedBy.Observer), client.Ask("TIME"u8.ToArray()));
    }

    [Fact]
    public void What_it_cannot_be_given_is_told_and_the_stream_closed()
    {
        var fine = PromptStream.Truthful(Segmentation.Whole);
        Assert.IsType<ClientError.BadArgument>(
            TestValues.Left(BlockingClient.Open(fine, Options with { MaxReplyLine = 1 }))
        );
        Assert.True(fine.IsDisposed);

        var endless = new MemoryStream();
        Assert.IsType<ClientError.BadArgument>(TestValues.Left(BlockingClient.Open(endless, Options)));
        Assert.False(endless.CanRead);
    }

    [Fact]
    public void Once_disposed_of_it_is_over()
    {
        var stream = PromptStream.Truthful(Segmentation.Whole);
        var client = TestValues.Right(BlockingClient.Open(stream, Options));
        Assert.Equal("I'm TinyServer not pressure", client.Greeting);
        client.Dispose();
        Assert.True(stream.IsDisposed);
        Assert.Equal(new ClientError.Over(EndedBy.Disposal), client.Ask("TIME"u8.ToArray()));
    }

    private async Task<List<string>> AnswersAsync(Peer server, string[] lines)
    {
        var connected = await server.ConnectAsync(Options with { Time = TimeProvider.System });
        if (connected.IsLeft)
        {
            return [TestValues.Left(connected).Sentence];
        }

        await using var client = TestValues.Right(connected);
        var answers = new List<string>();
        foreach (var line in lines)
        {
            answers.Add(Words(await client.RawAsync(WireBytes.Bytes(line))));
        }

        return answers;
    }

    private static List<string> Answers(Either<ClientError, BlockingClient> opened, string[] lines)
    {
        if (opened.IsLeft)
        {
            return [TestValues.Left(opened).Sentence];
        }

        using var client = TestValues.Right(opened);
        return [.. lines.Select(line => Words(client.Ask(WireBytes.Bytes(line))))];
    }

    private static string Words(Either<ClientError, string> answer) =>
        answer.Match(Left: static error => error.Sentence, Right: static reply => reply);
}
