using TinyTcp.Client;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>What a client may be given, and what it says of the rest.</summary>
public class ArgumentTests
{
    [Theory]
    [InlineData("127.0.0.1", "1", "127.0.0.1:1")]
    [InlineData("localhost", "65535", "localhost:65535")]
    [InlineData("::1", "40000", "[::1]:40000")]
    [InlineData("[::1]", "40000", "[::1]:40000")]
    [InlineData("fe80::1%lo", "40000", "[fe80::1%lo]:40000")]
    public void A_host_and_a_port_are_an_address(string host, string port, string shown) =>
        AssertShown(shown, TestValues.Right(ServerAddress.From(host, port)));

    [Theory]
    [InlineData("127.0.0.1", "0", "port")]
    [InlineData("127.0.0.1", "65536", "port")]
    [InlineData("127.0.0.1", "-1", "port")]
    [InlineData("127.0.0.1", "+1", "port")]
    [InlineData("127.0.0.1", " 1", "port")]
    [InlineData("127.0.0.1", "", "port")]
    [InlineData("127.0.0.1", "99999999999999999999", "port")]
    [InlineData("127.0.0.1", "http", "port")]
    [InlineData("", "1", "host")]
    [InlineData(" ", "1", "host")]
    [InlineData("two words", "1", "host")]
    [InlineData("b\u00FCcher.example", "1", "host")]
    [InlineData("\u001B[2J", "1", "host")]
    [InlineData("0.0.0.0", "1", "host")]
    [InlineData("::", "1", "host")]
    [InlineData("[::1", "1", "host")]
    [InlineData("[::1]:80", "1", "host")]
    [InlineData("[::]", "1", "host")]
    [InlineData("[]", "1", "host")]
    [InlineData("[localhost]", "1", "host")]
    [InlineData("[127.0.0.1]", "1", "host")]
    [InlineData("[[::1]]", "1", "host")]
    [InlineData("127.0.0.1:80", "1", "host")]
    public void Anything_else_is_the_callers_fault(string host, string port, string what)
    {
        var error = Assert.IsType<ClientError.BadArgument>(TestValues.Left(ServerAddress.From(host, port)));
        Assert.Equal((what, what == "host" ? host : port), (error.What, error.Given));
    }

    [Fact]
    public async Task A_host_is_as_long_as_the_resolver_takes_it_at_most()
    {
        var longest = TestValues.Right(ServerAddress.From(new string('a', 254), 1));
        Assert.IsType<ClientError.NotResolved>(
            TestValues.Left(await Dialer.ResolveAsync(longest, CancellationToken.None))
        );
        Assert.True(ServerAddress.From(new string('a', 255), 1).IsLeft);
    }

    [Fact]
    public async Task A_bad_port_is_told_before_anything_is_tried() =>
        Assert.IsType<ClientError.BadArgument>(
            TestValues.Left(await TinyTcpClient.ConnectAsync("127.0.0.1", 0))
        );

    [Fact]
    public async Task Options_out_of_their_ranges_are_the_callers_fault()
    {
        ClientOptions[] wrong =
        [
            ClientOptions.Default with
            {
                ConnectTimeout = TimeSpan.Zero,
            },
            ClientOptions.Default with
            {
                ReplyTimeout = TimeSpan.FromSeconds(-1),
            },
            ClientOptions.Default with
            {
                ReplyTimeout = TimeSpan.FromDays(2),
            },
            ClientOptions.Default with
            {
                MaxReplyLine = 63,
            },
            ClientOptions.Default with
            {
                MaxReplyLine = int.MaxValue,
            },
        ];

        foreach (var options in wrong)
        {
            Assert.IsType<ClientError.BadArgument>(
                TestValues.Left(await TinyTcpClient.ConnectAsync("127.0.0.1", 1, options))
            );
            await using var stream = new ScriptedStream([]);
            Assert.IsType<ClientError.BadArgument>(
                TestValues.Left(await TinyTcpClient.OpenAsync(stream, options))
            );
        }
    }

    [Theory]
    [InlineData(
        0,
        10,
        "The first wait before connecting again is '00:00:00': give more than zero and at most a day."
    )]
    [InlineData(
        1,
        -1,
        "The longest wait before connecting again is '-00:00:01': give more than zero and at most a day."
    )]
    [InlineData(
        1,
        86_401,
        "The longest wait before connecting again is '1.00:00:01': give more than zero and at most a day."
    )]
    [InlineData(
        20,
        10,
        "The first wait before connecting again is '00:00:20': give at most the longest one, which is 00:00:10."
    )]
    public void Waits_out_of_their_ranges_are_told_apart(int first, int most, string sentence) =>
        Assert.Equal(
            sentence,
            TestValues
                .Left(
                    TinyTcpClient.Create(
                        TestValues.Right(Target.From("localhost:40000")),
                        ClientOptions.Default with
                        {
                            Reconnect = new Backoff(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(most)),
                        }
                    )
                )
                .Sentence
        );

    [Fact]
    public async Task Null_is_an_ArgumentNullException()
    {
        var target = TestValues.Right(Target.From("localhost:40000"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TinyTcpClient.ConnectAsync(null!, 40_000));
        await Assert.ThrowsAsync<ArgumentNullException>(() =>
            TinyTcpClient.ConnectAsync((Target)null!, ClientOptions.Default)
        );
        await Assert.ThrowsAsync<ArgumentNullException>(() =>
            TinyTcpClient.OpenAsync(null!, ClientOptions.Default)
        );
        await Assert.ThrowsAsync<ArgumentNullException>(() => Probe.RunAsync(target, null!));
        await using var client = TestValues.Right(TinyTcpClient.Create(target, ClientOptions.Default));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.EchoAsync(null!));
        Assert.Throws<ArgumentNullException>(() => Target.From(null!));
        Assert.Throws<ArgumentNullException>(() => ServerAddress.From(null!, 40_000));
    }

    private static void AssertShown(string shown, ServerAddress address)
    {
        Assert.Equal(shown, address.ToString());
        Assert.Equal(shown, TestValues.Given(TranscriptPeer.From(shown)).ToString());
    }
}
