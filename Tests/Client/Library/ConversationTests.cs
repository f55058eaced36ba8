using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The results of requests to a correct server (C-3 to C-6, R-1, R-2).</summary>
public class ConversationTests
{
    // An attribute's string is stored as UTF-8, which cannot encode this text.
    private const string HalfSurrogatePair = "(half a surrogate pair)";

    [Fact]
    public async Task Each_command_returns_its_result()
    {
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal("I'm TinyServer not pressure", client.Greeting);
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
        Assert.Equal("Hello from client", await client.EchoAsync("Hello from client"));
        Assert.Equal(CommandTable.HelpText.ToString(), await client.GetHelpAsync());
        Assert.Equal(Unit.Default, await client.QuitAsync());
    }

    [Theory]
    [InlineData("  padded \t", "padded")]
    [InlineData("two  spaces inside", "two  spaces inside")]
    [InlineData("ünïcödé ✓ \U0001F600", "ünïcödé ✓ \U0001F600")]
    [InlineData("a \u001B[2J b", "a \u001B[2J b")]
    public async Task EchoAsync_trims_white_space(string text, string echo)
    {
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal(echo, await client.EchoAsync(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("two\nlines")]
    [InlineData(HalfSurrogatePair)]
    public async Task A_text_that_is_not_a_valid_line_is_an_invalid_argument_and_is_not_sent(string text)
    {
        var value = text == HalfSurrogatePair ? "\uD800" : text;
        var received = "";
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            received = await connection.ReadLineAsync();
            await connection.SendAsync("TIME 2025-09-12T17:24:13-05:00\n");
        });
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal(
            ErrorSource.Caller,
            Assert.IsType<ClientError.InvalidArgument>(TestValues.Left(await client.EchoAsync(value))).Source
        );
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
        Assert.Equal("TIME", received);
    }

    [Fact]
    public async Task An_echo_whose_reply_would_exceed_the_limit_is_an_invalid_argument_and_is_not_sent()
    {
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                MaxReplyLine = 64,
            }
        );

        Assert.Equal(new string('x', 59), await client.EchoAsync(new string('x', 59)));
        Assert.IsType<ClientError.InvalidArgument>(
            TestValues.Left(await client.EchoAsync(new string('x', 60)))
        );
        Assert.IsType<ClientError.InvalidArgument>(
            TestValues.Left(await client.ExecuteAsync(WireBytes.Utf8($"ECHO {new string('x', 60)}")))
        );
        Assert.Equal("still there", await client.EchoAsync("still there"));
    }

    [Fact]
    public async Task An_error_reply_is_returned_and_the_connection_stays_open()
    {
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync();

        var error = Assert.IsType<ClientError.ErrorReply>(
            TestValues.Left(await client.EchoAsync(new string('x', Limits.Default.MaxLine)))
        );
        Assert.Equal(ErrorCode.LineTooLong, error.Error);
        Assert.Equal("again", await client.EchoAsync("again"));
    }

    [Fact]
    public async Task An_unknown_error_word_is_returned_as_text()
    {
        await using var server = FakeServer.StartWithReplies(
            "ERROR OUT_OF_TEA\n",
            "TIME 2025-09-12T17:24:13-05:00\n"
        );
        await using var client = await server.ConnectedClientAsync();

        var error = Assert.IsType<ClientError.ErrorReply>(TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal((Option<ErrorCode>.None, "'OUT_OF_TEA'"), (error.Error, error.Word));
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
    }

    [Fact]
    public async Task Replies_may_have_any_letter_case_a_CR_and_fractional_seconds()
    {
        await using var server = FakeServer.StartWithReplies(
            "time 2025-09-12T22:24:13.5Z\r\n",
            "echo Hi\r\n",
            "bye\r\n"
        );
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal(TestValues.Moment.ToUniversalTime(), await client.GetTimeAsync());
        Assert.Equal("Hi", await client.EchoAsync("Hi"));
    }

    [Fact]
    public async Task Concurrent_requests_each_get_their_own_reply()
    {
        await using var server = ReferenceServer.Start();
        await using var client = await server.ConnectedClientAsync();

        var texts = Enumerable.Range(0, 200).Select(static number => $"text {number}").ToArray();
        var echoes = await Task.WhenAll(texts.Select(text => Task.Run(() => client.EchoAsync(text))));
        Assert.Equal<string>(texts, echoes.Select(TestValues.Right));
    }

    [Fact]
    public async Task ExecuteAsync_returns_the_reply_line_unchanged()
    {
        await using var server = FakeServer.StartWithReplies("eCHO  hi \r\n");
        await using var client = await server.ConnectedClientAsync();

        Assert.Equal("eCHO  hi \r", await client.ExecuteAsync(WireBytes.Utf8("ECHO hi")));
    }

    [Fact]
    public async Task OnLine_gets_every_line_in_order()
    {
        var lines = new List<string>();
        await using var server = FakeServer.StartWithReplies("ERROR \x07 \xFF\n");
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                OnLine = line => lines.Add(line.ToString()),
            }
        );

        await client.EchoAsync("back\\slash");
        Assert.Equal(["<- WELCOME, test", @"-> ECHO back\\slash", @"<- ERROR \x07 \xFF"], lines);
    }
}
