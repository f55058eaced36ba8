using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Which arguments are accepted, and the error for the others.</summary>
public class InvalidArgumentTests
{
    [Theory]
    [InlineData("127.0.0.1", "1", "127.0.0.1:1")]
    [InlineData("localhost", "65535", "localhost:65535")]
    [InlineData("::1", "40000", "[::1]:40000")]
    [InlineData("[::1]", "40000", "[::1]:40000")]
    [InlineData("fe80::1%lo", "40000", "[fe80::1%lo]:40000")]
    public void A_valid_host_and_port_are_accepted(string host, string port, string text) =>
        AssertText(text, TestValues.Right(HostPort.From(host, port)));

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
    public void An_invalid_host_or_port_is_an_invalid_argument(string host, string port, string name)
    {
        var error = Assert.IsType<ClientError.InvalidArgument>(TestValues.Left(HostPort.From(host, port)));
        Assert.Equal((name, name == "host" ? host : port), (error.Name, error.Value));
    }

    [Fact]
    public async Task A_host_has_at_most_254_characters()
    {
        var longest = TestValues.Right(HostPort.From(new string('a', 254), 1));
        Assert.IsType<ClientError.NameResolutionFailed>(
            TestValues.Left(await HostResolver.ResolveAsync(longest, CancellationToken.None))
        );
        Assert.True(HostPort.From(new string('a', 255), 1).IsLeft);
    }

    [Fact]
    public async Task An_invalid_port_is_reported_before_connecting() =>
        Assert.IsType<ClientError.InvalidArgument>(
            TestValues.Left(await TinyTcpClient.ConnectAsync("127.0.0.1", 0))
        );

    [Fact]
    public async Task Options_out_of_range_are_invalid_arguments()
    {
        ClientOptions[] invalid =
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

        foreach (var options in invalid)
        {
            Assert.IsType<ClientError.InvalidArgument>(
                TestValues.Left(await TinyTcpClient.ConnectAsync("127.0.0.1", 1, options))
            );
            await using var stream = new ScriptedStream([]);
            Assert.IsType<ClientError.InvalidArgument>(
                TestValues.Left(await TinyTcpClient.AttachAsync(stream, options))
            );
        }
    }

    [Theory]
    [InlineData(0, 10, "InitialDelay", "00:00:00")]
    [InlineData(1, -1, "MaxDelay", "-00:00:01")]
    [InlineData(1, 86_401, "MaxDelay", "1.00:00:01")]
    [InlineData(20, 10, "InitialDelay", "00:00:20")]
    public void A_backoff_delay_out_of_range_is_an_invalid_argument(
        int initialDelay,
        int maxDelay,
        string name,
        string value
    )
    {
        var error = Assert.IsType<ClientError.InvalidArgument>(
            TestValues.Left(
                TinyTcpClient.Create(
                    TestValues.Right(ServerEndPoint.From("localhost:40000")),
                    ClientOptions.Default with
                    {
                        Reconnect = new Backoff(
                            TimeSpan.FromSeconds(initialDelay),
                            TimeSpan.FromSeconds(maxDelay)
                        ),
                    }
                )
            )
        );
        Assert.Equal((name, value), (error.Name, error.Value));
    }

    [Fact]
    public async Task Null_is_an_ArgumentNullException()
    {
        var endPoint = TestValues.Right(ServerEndPoint.From("localhost:40000"));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TinyTcpClient.ConnectAsync(null!, 40_000));
        await Assert.ThrowsAsync<ArgumentNullException>(() =>
            TinyTcpClient.ConnectAsync((ServerEndPoint)null!, ClientOptions.Default)
        );
        await Assert.ThrowsAsync<ArgumentNullException>(() =>
            TinyTcpClient.AttachAsync(null!, ClientOptions.Default)
        );
        await Assert.ThrowsAsync<ArgumentNullException>(() => ServerProbe.RunAsync(endPoint, null!));
        await using var client = TestValues.Right(TinyTcpClient.Create(endPoint, ClientOptions.Default));
        await Assert.ThrowsAsync<ArgumentNullException>(() => client.EchoAsync(null!));
        Assert.Throws<ArgumentNullException>(() => ServerEndPoint.From(null!));
        Assert.Throws<ArgumentNullException>(() => HostPort.From(null!, 40_000));
    }

    private static void AssertText(string text, HostPort address)
    {
        Assert.Equal(text, address.ToString());
        Assert.Equal(text, TestValues.Given(TranscriptPeer.From(text)).ToString());
    }
}
