using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Errors;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A goodbye of the server in every state of the client.</summary>
public class GoodbyeTests
{
    [Theory]
    [InlineData("ERROR SERVER_BUSY\n")]
    [InlineData("error server_busy\r\n")]
    public async Task A_goodbye_instead_of_the_greeting_is_returned(string line)
    {
        await using var server = FakeServer.Start(async connection => await connection.SendAsync(line));

        var error = TestValues.Left(await server.ConnectAsync());
        Assert.Equal(new ClientError.Goodbye(ErrorCode.ServerBusy) { Server = server.EndPoint }, error);
        Assert.Equal(ErrorSource.Server, error.Source);
    }

    [Theory]
    [InlineData("")]
    [InlineData("WELCOME, test\n")]
    public async Task An_unsolicited_unknown_error_is_a_goodbye(string before)
    {
        await using var server = FakeServer.Start(async connection =>
        {
            await connection.SendAsync($"{before}ERROR OUT_OF_TEA\n");
            await connection.WaitForCloseAsync();
        });
        var connected = await server.ConnectAsync();

        var error = TestValues.Left(await connected.BindAsync(static client => client.GetTimeAsync()));
        Assert.IsType<ClientError.Goodbye>(error);
        Assert.True(error.EndsConnection);
        Assert.Contains("'OUT_OF_TEA'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ERROR IDLE_TIMEOUT\n", false)]
    [InlineData("ERROR IDLE_TIMEOUT\n", true)]
    public async Task A_goodbye_received_before_a_request_is_the_result_of_that_request(
        string line,
        bool withGreeting
    )
    {
        await using var server = FakeServer.Start(async connection =>
        {
            await connection.SendAsync("WELCOME, test\n" + (withGreeting ? line : ""));
            await connection.SendAsync(withGreeting ? "" : line);
        });
        await using var client = await server.ConnectedClientAsync();

        var goodbye = new ClientError.Goodbye(ErrorCode.IdleTimeout) { Server = server.EndPoint };
        Assert.Equal(goodbye, TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal(goodbye, TestValues.Left(await client.QuitAsync()));
    }

    [Fact]
    public async Task A_goodbye_is_returned_even_if_the_request_could_not_be_sent()
    {
        await using var stream = new ScriptedStream(
            [WireBytes.Bytes("WELCOME, test\n"), WireBytes.Bytes("ERROR SHUTTING_DOWN\n")],
            failWrites: true
        );
        await using var client = TestValues.Right(
            await TinyTcpClient.AttachAsync(stream, ClientOptions.Default)
        );

        Assert.Equal(
            new ClientError.Goodbye(ErrorCode.ShuttingDown),
            TestValues.Left(await client.GetTimeAsync())
        );
    }
}
