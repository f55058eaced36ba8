using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Core;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

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
            Some.Left(await server.ConnectAsync())
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
        Assert.Equal(lost, Some.Left(await client.TimeAsync()));
        Assert.Equal(lost, Some.Left(await client.HelpAsync()));
    }

    [Fact]
    public async Task A_server_that_closes_after_its_greeting()
    {
        await using var server = Peer.Greeting(static _ => Task.CompletedTask);
        await using var client = await server.GreetedAsync();

        Assert.IsType<ClientError.Lost>(Some.Left(await client.TimeAsync()));
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

        var lost = Assert.IsType<ClientError.Lost>(Some.Left(await client.TimeAsync()));
        Assert.Equal(new SocketException((int)SocketError.ConnectionReset).Message, lost.How);
    }

    [Fact]
    public async Task A_reset_after_BYE_takes_nothing_away()
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync("BYE\n");
            await caller.SayAsync("");
            caller.Reset();
        });
        await using var client = await server.GreetedAsync();

        var quit = await client.QuitAsync();
        // A reset may overtake the line before it: then BYE itself is lost, and that is told.
        Assert.True(quit.IsRight || Some.Left(quit) is ClientError.Lost);
    }

    [Theory]
    [InlineData("ERROR SERVER_BUSY\n")]
    [InlineData("error server_busy\r\n")]
    public async Task A_goodbye_in_the_greetings_place(string said)
    {
        await using var server = Peer.Playing(async caller => await caller.SayAsync(said));

        var error = Some.Left(await server.ConnectAsync());
        Assert.Equal(new ClientError.Goodbye(ProtocolError.ServerBusy), error);
        Assert.Equal(Fault.Server, error.Fault);
    }

    [Fact]
    public async Task An_unknown_error_in_the_greetings_place_is_a_refusal()
    {
        await using var server = Peer.Playing(async caller => await caller.SayAsync("ERROR OUT_OF_TEA\n"));

        var refused = Assert.IsType<ClientError.Refused>(Some.Left(await server.ConnectAsync()));
        Assert.Equal((Awaited.Greeting, "'OUT_OF_TEA'"), (refused.Awaited, refused.Word));
    }

    [Theory]
    [InlineData("ERROR IDLE_TIMEOUT\n", false)]
    [InlineData("ERROR IDLE_TIMEOUT\n", true)]
    public async Task A_goodbye_that_came_before_the_request_is_what_the_request_gets(string said, bool glued)
    {
        await using var server = Peer.Playing(async caller =>
        {
            await caller.SayAsync("WELCOME, test\n" + (glued ? said : ""));
            await caller.SayAsync(glued ? "" : said);
        });
        await using var client = await server.GreetedAsync();

        var goodbye = new ClientError.Goodbye(ProtocolError.IdleTimeout);
        Assert.Equal(goodbye, Some.Left(await client.TimeAsync()));
        Assert.Equal(goodbye, Some.Left(await client.QuitAsync()));
    }

    [Fact]
    public async Task A_goodbye_is_read_even_where_the_request_could_not_be_sent()
    {
        await using var stream = new ScriptedStream(
            [Wire.Bytes("WELCOME, test\n"), Wire.Bytes("ERROR SHUTTING_DOWN\n")],
            writesBreak: true
        );
        await using var client = Some.Right(await TinyTcpClient.OpenAsync(stream, ClientOptions.Default));

        Assert.Equal(
            new ClientError.Goodbye(ProtocolError.ShuttingDown),
            Some.Left(await client.TimeAsync())
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("TIME 2025-09-12T17:24:13-05:00\n")]
    public async Task A_request_that_could_not_be_sent_is_lost_whatever_else_is_said(string said)
    {
        await using var stream = new ScriptedStream(
            [Wire.Bytes("WELCOME, test\n"), Wire.Bytes(said)],
            writesBreak: true
        );
        await using var client = Some.Right(await TinyTcpClient.OpenAsync(stream, ClientOptions.Default));

        Assert.Equal(
            new ClientError.Lost(Awaited.ReplyTo(Command.Time), "broken pipe", ""),
            Some.Left(await client.TimeAsync())
        );
    }

    [Fact]
    public async Task A_connection_without_a_greeting_is_closed()
    {
        await using var stream = new ScriptedStream([Wire.Bytes("OK\n")]);

        Assert.True((await TinyTcpClient.OpenAsync(stream, ClientOptions.Default)).IsLeft);
        Assert.True(stream.IsDisposed);
    }
}
