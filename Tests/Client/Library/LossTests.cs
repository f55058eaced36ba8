using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>What a client makes of connections that fail, end or never come about, over real sockets.</summary>
public class LossTests
{
    private const string Closed = "the server closed it";

    [Theory]
    [InlineData("", "")]
    [InlineData("WELC", "'WELC'")]
    public async Task A_server_that_closes_before_it_has_greeted(string said, string begun)
    {
        await using var server = Peer.Playing(async caller => await caller.SayAsync(said));

        Assert.Equal(
            new ClientError.Lost(Awaited.Greeting, Closed, begun),
            TestValues.Left(await server.ConnectAsync())
        );
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("TIME 2025-", "'TIME 2025-'")]
    public async Task A_server_that_closes_half_way_through_a_reply(string said, string begun)
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync(said);
        });
        await using var client = await server.GreetedAsync();

        var lost = new ClientError.Lost(Awaited.ReplyTo(Command.Time), Closed, begun);
        Assert.Equal(lost, TestValues.Left(await client.TimeAsync()));
        Assert.Equal(lost, TestValues.Left(await client.HelpAsync()));
    }

    [Fact]
    public void How_it_was_lost_is_said_by_whoever_met_it_first() =>
        Assert.Equal(
            "bad record mac",
            Broken.Words(
                new IOException(
                    "The decryption operation failed, see inner exception.",
                    new InvalidOperationException("Decrypt failed.", new IOException("bad record mac."))
                )
            )
        );

    [Fact]
    public async Task A_server_that_closes_after_its_greeting()
    {
        await using var server = Peer.Greeting(static _ => Task.CompletedTask);
        await using var client = await server.GreetedAsync();

        Assert.IsType<ClientError.Lost>(TestValues.Left(await client.TimeAsync()));
    }

    [Fact]
    public async Task A_server_that_resets_the_connection_instead_of_a_reply()
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            caller.Reset();
        });
        await using var client = await server.GreetedAsync();

        var lost = Assert.IsType<ClientError.Lost>(TestValues.Left(await client.TimeAsync()));
        Assert.Equal(new SocketException((int)SocketError.ConnectionReset).Message, lost.How);
    }

    [Fact]
    public async Task A_reset_after_BYE_takes_nothing_away()
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync("BYE\n");
            caller.Reset();
        });
        await using var client = await server.GreetedAsync();

        Assert.True((await client.QuitAsync()).IsRight);
    }

    [Fact]
    public async Task A_request_that_could_not_be_sent_is_lost_by_what_the_system_says()
    {
        var clock = new AlarmClock();
        await using var stream = new ScriptedStream([WireBytes.Bytes("WELCOME, test\n")], writesBreak: true)
        {
            // The client knows of it as soon as it gives the server a moment to say why.
            BeforeTheRest = () => clock.AlarmAsync(TimeSpan.FromSeconds(1)),
        };
        var options = ClientOptions.Default with { Time = clock };
        await using var client = TestValues.Right(await TinyTcpClient.OpenAsync(stream, options));

        Assert.Equal(
            new ClientError.Lost(Awaited.ReplyTo(Command.Time), "broken pipe", ""),
            TestValues.Left(await client.TimeAsync())
        );
    }

    [Fact]
    public async Task A_connection_without_a_greeting_is_closed()
    {
        await using var stream = new ScriptedStream([WireBytes.Bytes("OK\n")]);

        Assert.True((await TinyTcpClient.OpenAsync(stream, ClientOptions.Default)).IsLeft);
        Assert.True(stream.IsDisposed);
    }
}
