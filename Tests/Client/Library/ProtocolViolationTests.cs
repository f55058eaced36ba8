using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Each violation of the protocol is reported as its own case.</summary>
public class ProtocolViolationTests
{
    [Theory]
    [InlineData("TIME 2025-09-12T17:24:13-05:00\n")]
    [InlineData("ECHO WELCOME, test\n")]
    [InlineData("BYE\n")]
    [InlineData("ERROR UNKNOWN_COMMAND\n")]
    public async Task Another_reply_instead_of_the_greeting_is_a_violation(string line)
    {
        await using var server = FakeServer.Start(async connection => await connection.SendAsync(line));

        var violation = Assert.IsType<ProtocolViolation.UnexpectedReply>(
            ViolationIn(TestValues.Left(await server.ConnectAsync()))
        );
        Assert.Equal((PendingOperation.Greeting, $"'{line.TrimEnd()}'"), (violation.Pending, violation.Line));
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", @"'SSH-2.0-OpenSSH_9.2\x0D'")]
    [InlineData("\n", "''")]
    [InlineData("WELCOME,\n", "'WELCOME,'")]
    [InlineData("WELCOME, \xFF\n", @"'WELCOME, \xFF'")]
    [InlineData("\x1B[2JWELCOME, you\n", @"'\x1B[2JWELCOME, you'")]
    public async Task A_malformed_greeting_is_a_violation_and_is_escaped(string line, string quoted)
    {
        await using var server = FakeServer.Start(async connection => await connection.SendAsync(line));

        var violation = Assert.IsType<ProtocolViolation.MalformedReply>(
            ViolationIn(TestValues.Left(await server.ConnectAsync()))
        );
        Assert.Equal((PendingOperation.Greeting, quoted), (violation.Pending, violation.Line));

        // Only one reply may come, so the description does not list all.
        Assert.DoesNotContain(violation.Error.Expected, violation.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ECHO Hello\n")]
    [InlineData("HELP COMMANDS: TIME\n")]
    [InlineData("BYE\n")]
    [InlineData("WELCOME, again\n")]
    public async Task A_reply_to_another_request_is_a_violation(string line)
    {
        await using var server = FakeServer.StartWithReplies(line);
        await using var client = await server.ConnectedClientAsync();

        var violation = Assert.IsType<ProtocolViolation.UnexpectedReply>(
            ViolationIn(TestValues.Left(await client.GetTimeAsync()))
        );
        Assert.Equal(PendingOperation.ReplyTo(Command.Time), violation.Pending);
    }

    [Theory]
    [InlineData("ECHO hello\n")]
    [InlineData("ECHO Hello!\n")]
    public async Task An_echo_of_another_text_is_a_violation(string line)
    {
        await using var server = FakeServer.StartWithReplies(line);
        await using var client = await server.ConnectedClientAsync();

        Assert.IsType<ProtocolViolation.UnexpectedReply>(
            ViolationIn(TestValues.Left(await client.EchoAsync("Hello")))
        );
    }

    [Theory]
    [InlineData("TIME yesterday\n")]
    [InlineData("TIME\n")]
    [InlineData("ERROR\n")]
    [InlineData("OK\n")]
    [InlineData("TIME \xFF\n")]
    public async Task A_malformed_reply_is_a_violation(string line)
    {
        await using var server = FakeServer.StartWithReplies(line);
        await using var client = await server.ConnectedClientAsync();

        Assert.IsType<ProtocolViolation.MalformedReply>(
            ViolationIn(TestValues.Left(await client.GetTimeAsync()))
        );
    }

    [Fact]
    public async Task An_unfinished_line_over_the_limit_is_a_violation()
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("ECHO " + new string('x', 60));
            await connection.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                MaxReplyLine = 64,
            }
        );

        var violation = Assert.IsType<ProtocolViolation.LineTooLong>(
            ViolationIn(TestValues.Left(await client.GetTimeAsync()))
        );
        Assert.Equal((64, "'ECHO " + new string('x', 59) + "...'"), (violation.Limit, violation.Start));
    }

    [Theory]
    [InlineData("WELCOME, test\nTIME 2025-09-12T17:24:13-05:00\n", "'TIME 2025-09-12T17:24:13-05:00'")]
    [InlineData("WELCOME, test\nERROR BAD_ARGUMENTS\n", "'ERROR BAD_ARGUMENTS'")]
    public async Task An_unsolicited_line_is_a_violation_before_the_next_request(string lines, string quoted)
    {
        await using var server = FakeServer.Start(async connection =>
        {
            await connection.SendAsync(lines);
            await connection.WaitForCloseAsync();
        });
        await using var client = await server.ConnectedClientAsync();

        var violation = Assert.IsType<ProtocolViolation.UnsolicitedReply>(
            ViolationIn(TestValues.Left(await client.GetTimeAsync()))
        );
        Assert.Equal(quoted, violation.Line);
    }

    [Theory]
    [InlineData("BYE\nBYE\n", "'BYE'")]
    [InlineData("BYE\nERROR SHUTTING_DOWN\n", "'ERROR SHUTTING_DOWN'")]
    [InlineData("BYE\nmore", "'more'")]
    public async Task A_line_after_BYE_is_a_violation(string lines, string quoted)
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync(lines);
        });
        await using var client = await server.ConnectedClientAsync();

        var violation = Assert.IsType<ProtocolViolation.UnsolicitedReply>(
            ViolationIn(TestValues.Left(await client.QuitAsync()))
        );
        Assert.Equal(quoted, violation.Line);
    }

    [Fact]
    public async Task After_a_violation_every_call_returns_the_same_error()
    {
        await using var server = FakeServer.StartWithReplies("OK\n", "TIME 2025-09-12T17:24:13-05:00\n");
        await using var client = await server.ConnectedClientAsync();

        var first = TestValues.Left(await client.GetTimeAsync());
        Assert.Equal(first, TestValues.Left(await client.GetTimeAsync()));
        Assert.Equal(first, TestValues.Left(await client.GetHelpAsync()));
        Assert.Equal(first, TestValues.Left(await client.QuitAsync()));
    }

    private static ProtocolViolation ViolationIn(ClientError error)
    {
        Assert.Equal(ErrorSource.Server, error.Source);
        return Assert.IsType<ClientError.ProtocolError>(error).Violation;
    }
}
