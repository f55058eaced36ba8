using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>What a client gets of a server that keeps to the protocol (C-3 to C-6, R-1, R-2).</summary>
public class ConversationTests
{
    // What stands in an attribute is kept as UTF-8, so half a surrogate pair cannot.
    private const string HalfAPair = "(half a surrogate pair)";

    [Fact]
    public async Task Every_request_gets_its_answer()
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync();

        Assert.Equal("I'm TinyServer not pressure", client.Greeting);
        Assert.Equal(TestValues.Moment, await client.TimeAsync());
        Assert.Equal("Hello from client", await client.EchoAsync("Hello from client"));
        Assert.Equal(CommandTable.HelpText.ToString(), await client.HelpAsync());
        Assert.Equal(Unit.Default, await client.QuitAsync());
    }

    [Theory]
    [InlineData("  padded \t", "padded")]
    [InlineData("two  spaces inside", "two  spaces inside")]
    [InlineData("ünïcödé ✓ \U0001F600", "ünïcödé ✓ \U0001F600")]
    [InlineData("a \u001B[2J b", "a \u001B[2J b")]
    public async Task An_echo_is_the_text_without_the_white_space_at_its_ends(string text, string echo)
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync();

        Assert.Equal(echo, await client.EchoAsync(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("two\nlines")]
    [InlineData(HalfAPair)]
    public async Task A_text_that_cannot_stand_on_the_wire_is_the_callers_fault_and_not_sent(string text)
    {
        var given = text == HalfAPair ? "\uD800" : text;
        var heard = "";
        await using var server = Peer.Greeting(async caller =>
        {
            heard = await caller.HearAsync();
            await caller.SayAsync("TIME 2025-09-12T17:24:13-05:00\n");
        });
        await using var client = await server.GreetedAsync();

        Assert.Equal(
            Fault.Caller,
            Assert.IsType<ClientError.BadArgument>(TestValues.Left(await client.EchoAsync(given))).Fault
        );
        Assert.Equal(TestValues.Moment, await client.TimeAsync());
        Assert.Equal("TIME", heard);
    }

    [Fact]
    public async Task An_echo_whose_reply_would_pass_the_limit_is_the_callers_fault_and_not_sent()
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync(ClientOptions.Default with { MaxReplyLine = 64 });

        Assert.Equal(new string('x', 59), await client.EchoAsync(new string('x', 59)));
        Assert.IsType<ClientError.BadArgument>(TestValues.Left(await client.EchoAsync(new string('x', 60))));
        Assert.IsType<ClientError.BadArgument>(
            TestValues.Left(await client.RawAsync(WireBytes.Utf8($"ECHO {new string('x', 60)}")))
        );
        Assert.Equal("still there", await client.EchoAsync("still there"));
    }

    [Fact]
    public async Task An_error_that_answers_a_request_is_told_and_the_conversation_goes_on()
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync();

        var refused = Assert.IsType<ClientError.Refused>(
            TestValues.Left(await client.EchoAsync(new string('x', Limits.Default.MaxLine)))
        );
        Assert.Equal(ErrorCode.LineTooLong, refused.Error);
        Assert.Equal("again", await client.EchoAsync("again"));
    }

    [Fact]
    public async Task An_error_word_that_nobody_knows_is_taken_as_just_that_word()
    {
        await using var server = Peer.Answering("ERROR OUT_OF_TEA\n", "TIME 2025-09-12T17:24:13-05:00\n");
        await using var client = await server.GreetedAsync();

        var refused = Assert.IsType<ClientError.Refused>(TestValues.Left(await client.TimeAsync()));
        Assert.Equal((Option<ErrorCode>.None, "'OUT_OF_TEA'"), (refused.Error, refused.Word));
        Assert.Equal(TestValues.Moment, await client.TimeAsync());
    }

    [Fact]
    public async Task Replies_are_read_in_any_letter_case_with_CR_and_fractions()
    {
        await using var server = Peer.Answering("time 2025-09-12T22:24:13.5Z\r\n", "echo Hi\r\n", "bye\r\n");
        await using var client = await server.GreetedAsync();

        Assert.Equal(TestValues.Moment.ToUniversalTime(), await client.TimeAsync());
        Assert.Equal("Hi", await client.EchoAsync("Hi"));
    }

    [Fact]
    public async Task Requests_from_many_threads_each_get_their_own_answer()
    {
        await using var server = Truthful.Server();
        await using var client = await server.GreetedAsync();

        var texts = Enumerable.Range(0, 200).Select(static number => $"text {number}").ToArray();
        var echoes = await Task.WhenAll(texts.Select(text => Task.Run(() => client.EchoAsync(text))));
        Assert.Equal<string>(texts, echoes.Select(TestValues.Right));
    }

    [Fact]
    public async Task The_reply_to_a_raw_line_is_the_line_that_came()
    {
        await using var server = Peer.Answering("eCHO  hi \r\n");
        await using var client = await server.GreetedAsync();

        Assert.Equal("eCHO  hi \r", await client.RawAsync(WireBytes.Utf8("ECHO hi")));
    }

    [Fact]
    public async Task The_observer_sees_every_line_in_order()
    {
        var seen = new List<string>();
        await using var server = Peer.Answering("ERROR \x07 \xFF\n");
        await using var client = await server.GreetedAsync(
            ClientOptions.Default with
            {
                Observer = line => seen.Add(line.ToString()),
            }
        );

        await client.EchoAsync("back\\slash");
        Assert.Equal(["<- WELCOME, test", @"-> ECHO back\\slash", @"<- ERROR \x07 \xFF"], seen);
    }
}
