using System.Text.RegularExpressions;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Shell;
using Xunit;

namespace TinyTcp.Tests.Client.Demo;

/// <summary>The command <c>demo</c>, which needs no other program.</summary>
public sealed partial class DemoTests
{
    private static readonly Terminal OnTerminal = Terminal.None with
    {
        HasInput = true,
        HasOutput = true,
        HasError = true,
    };

    [Fact]
    public async Task The_demo_prints_both_conversations_with_its_own_server()
    {
        var (code, output, error) = await CliRunner.RunAsync("demo");
        var address = Address().Match(output).Value;
        Assert.Equal(
            $"""
            # The server {address} is part of this process, and ends with it.
            CONNECT to {address}
            <- WELCOME, I'm TinyServer not pressure
            -> TIME
            <- TIME NOW
            -> QUIT
            <- BYE
            CONNECT to {address}
            <- WELCOME, I'm TinyServer not pressure
            -> ECHO Hello from client
            <- ECHO Hello from client
            -> QUIT
            <- BYE

            """,
            TimeReply().Replace(output, "<- TIME NOW")
        );
        Assert.Equal((ExitCodes.Success.Code, ""), (code, error));
    }

    [Fact]
    public async Task On_a_terminal_the_shell_follows_with_the_same_server()
    {
        var (code, output, error) = await CliRunner.RunAsync(
            ["demo", "--color", "never"],
            new CliRunner.TestEnvironment
            {
                Terminal = OnTerminal,
                Keys = [KeyInput.Line("ECHO a"), KeyInput.Line("quit")],
            }
        );
        var address = Address().Match(output).Value;
        Assert.Contains(
            $"{address}> ECHO a\nECHO a\n{address}> quit\nBYE",
            FakeTerminal.Render(output).Text,
            StringComparison.Ordinal
        );
        Assert.Equal((ExitCodes.Success.Code, ""), (code, error));
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex(@"<- TIME \S+", RegexOptions.NonBacktracking)]
    private static partial Regex TimeReply();
}
