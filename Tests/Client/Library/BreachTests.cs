using TinyTcp.Client;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>What a client makes of a server that breaks the protocol, over real sockets.</summary>
public class BreachTests
{
    [Theory]
    [InlineData("TIME 2025-09-12T17:24:13-05:00\n")]
    [InlineData("ECHO WELCOME, test\n")]
    [InlineData("BYE\n")]
    [InlineData("ERROR UNKNOWN_COMMAND\n")]
    public async Task Another_reply_in_the_greetings_place_is_a_breach(string line)
    {
        await using var server = Peer.Playing(async caller => await caller.SayAsync(line));

        var breach = Assert.IsType<Breach.WrongReply>(BreachIn(TestValues.Left(await server.ConnectAsync())));
        Assert.Equal((Awaited.Greeting, $"'{line.TrimEnd()}'"), (breach.Awaited, breach.Line));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", @"'SSH-2.0-OpenSSH_9.2\x0D'")]
    [InlineData("\n", "''")]
    [InlineData("WELCOME,\n", "'WELCOME,'")]
    [InlineData("WELCOME, \xFF\n", @"'WELCOME, \xFF'")]
    [InlineData("\x1B[2JWELCOME, you\n", @"'\x1B[2JWELCOME, you'")]
    public async Task A_greeting_that_is_no_reply_is_a_breach_and_shown_safely(string line, string shown)
    {
        await using var server = Peer.Playing(async caller => await caller.SayAsync(line));

        var breach = Assert.IsType<Breach.NotAReply>(BreachIn(TestValues.Left(await server.ConnectAsync())));
        Assert.Equal((Awaited.Greeting, shown), (breach.Awaited, breach.Line));
        Assert.Equal($"said {shown} where the greeting was due", breach.Deed);
    }

    [Theory]
    [InlineData("ECHO Hello\n")]
    [InlineData("HELP COMMANDS: TIME\n")]
    [InlineData("BYE\n")]
    [InlineData("WELCOME, again\n")]
    public async Task A_reply_to_another_request_is_a_breach(string line)
    {
        await using var server = Peer.Answering(line);
        await using var client = await server.GreetedAsync();

        var breach = Assert.IsType<Breach.WrongReply>(BreachIn(TestValues.Left(await client.TimeAsync())));
        Assert.Equal(Awaited.ReplyTo(Command.Time), breach.Awaited);
    }

    [Theory]
    [InlineData("ECHO hello\n")]
    [InlineData("ECHO Hello!\n")]
    public async Task An_echo_of_another_text_is_a_breach(string line)
    {
        await using var server = Peer.Answering(line);
        await using var client = await server.GreetedAsync();

        Assert.IsType<Breach.WrongReply>(BreachIn(TestValues.Left(await client.EchoAsync("Hello"))));
    }

    [Theory]
    [InlineData("TIME yesterday\n")]
    [InlineData("TIME\n")]
    [InlineData("ERROR\n")]
    [InlineData("OK\n")]
    [InlineData("TIME \xFF\n")]
    public async Task A_line_that_is_no_reply_is_a_breach(string line)
    {
        await using var server = Peer.Answering(line);
        await using var client = await server.GreetedAsync();

        Assert.IsType<Breach.NotAReply>(BreachIn(TestValues.Left(await client.TimeAsync())));
    }

    [Fact]
    public async Task A_line_without_end_is_a_breach_as_soon_as_the_limit_is_passed()
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync("ECHO " + new string('x', 60));
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync(ClientOptions.Default with { MaxReplyLine = 64 });

        var breach = Assert.IsType<Breach.LineTooLong>(BreachIn(TestValues.Left(await client.TimeAsync())));
        Assert.Equal((64, "'ECHO " + new string('x', 59) + "...'"), (breach.Limit, breach.Start));
    }

    [Theory]
    [InlineData("WELCOME, test\nTIME 2025-09-12T17:24:13-05:00\n", "'TIME 2025-09-12T17:24:13-05:00'")]
    [InlineData("WELCOME, test\nERROR BAD_ARGUMENTS\n", "'ERROR BAD_ARGUMENTS'")]
    public async Task A_line_that_nobody_asked_for_is_a_breach_before_the_next_request(
        string said,
        string shown
    )
    {
        await using var server = Peer.Playing(async caller =>
        {
            await caller.SayAsync(said);
            await caller.StayAsync();
        });
        await using var client = await server.GreetedAsync();

        var breach = Assert.IsType<Breach.Unasked>(BreachIn(TestValues.Left(await client.TimeAsync())));
        Assert.Equal(shown, breach.Line);
    }

    [Theory]
    [InlineData("BYE\nBYE\n", "'BYE'")]
    [InlineData("BYE\nERROR SHUTTING_DOWN\n", "'ERROR SHUTTING_DOWN'")]
    [InlineData("BYE\nmore", "'more'")]
    public async Task Anything_after_BYE_is_a_breach(string said, string shown)
    {
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await caller.SayAsync(said);
        });
        await using var client = await server.GreetedAsync();

        var breach = Assert.IsType<Breach.Unasked>(BreachIn(TestValues.Left(await client.QuitAsync())));
        Assert.Equal(shown, breach.Line);
    }

    [Fact]
    public async Task After_a_breach_every_call_returns_it_at_once()
    {
        await using var server = Peer.Answering("OK\n", "TIME 2025-09-12T17:24:13-05:00\n");
        await using var client = await server.GreetedAsync();

        var first = TestValues.Left(await client.TimeAsync());
        Assert.Equal(first, TestValues.Left(await client.TimeAsync()));
        Assert.Equal(first, TestValues.Left(await client.HelpAsync()));
        Assert.Equal(first, TestValues.Left(await client.QuitAsync()));
    }

    private static Breach BreachIn(ClientError error)
    {
        Assert.Equal(Fault.Server, error.Fault);
        return Assert.IsType<ClientError.ProtocolBroken>(error).Breach;
    }
}
