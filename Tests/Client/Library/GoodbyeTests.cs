using TinyTcp.Client;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A server that says why it ends the conversation, wherever the client happens to be.</summary>
public class GoodbyeTests
{
    [Theory]
    [InlineData("ERROR SERVER_BUSY\n")]
    [InlineData("error server_busy\r\n")]
    public async Task A_goodbye_in_the_greetings_place(string said)
    {
        await using var server = Peer.Playing(async caller => await caller.SayAsync(said));

        var error = TestValues.Left(await server.ConnectAsync());
        Assert.Equal(new ClientError.Goodbye(ErrorCode.ServerBusy), error);
        Assert.Equal(Fault.Server, error.Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WELCOME, test\n")]
    public async Task A_word_that_nobody_knows_and_nobody_asked_for_is_a_goodbye_too(string before)
    {
        await using var server = Peer.Playing(async caller =>
        {
            await caller.SayAsync($"{before}ERROR OUT_OF_TEA\n");
            await caller.StayAsync();
        });
        var connected = await server.ConnectAsync();

        var error = TestValues.Left(await connected.BindAsync(static client => client.TimeAsync()));
        Assert.IsType<ClientError.Goodbye>(error);
        Assert.True(error.EndsConversation);
        Assert.Contains("'OUT_OF_TEA'", error.Sentence, StringComparison.Ordinal);
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

        var goodbye = new ClientError.Goodbye(ErrorCode.IdleTimeout);
        Assert.Equal(goodbye, TestValues.Left(await client.TimeAsync()));
        Assert.Equal(goodbye, TestValues.Left(await client.QuitAsync()));
    }

    [Fact]
    public async Task A_goodbye_is_read_even_where_the_request_could_not_be_sent()
    {
        await using var stream = new ScriptedStream(
            [WireBytes.Bytes("WELCOME, test\n"), WireBytes.Bytes("ERROR SHUTTING_DOWN\n")],
            writesBreak: true
        );
        await using var client = TestValues.Right(
            await TinyTcpClient.OpenAsync(stream, ClientOptions.Default)
        );

        Assert.Equal(
            new ClientError.Goodbye(ErrorCode.ShuttingDown),
            TestValues.Left(await client.TimeAsync())
        );
    }
}
