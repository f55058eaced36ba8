using System.Text.RegularExpressions;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Shell;
using TinyTcp.Cli.Terminals;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The whole shell on a terminal: keys in, a screen out.</summary>
public sealed partial class ShellTests : IDisposable
{
    private const string PromptColor = "\u001b[36m";
    private const string Time = "TIME 2025-09-12T17:24:13-05:00";

    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-shell-").FullName;

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Theory]
    [InlineData("--color never")]
    [InlineData("--color always")]
    public async Task A_session_is_rendered_as_expected(string options)
    {
        await using var server = ReferenceServer.Start();
        var (code, screen, error) = await TypeAsync(
            server,
            options,
            [
                "ti",
                KeyInput.Tab,
                KeyInput.Enter,
                "ECHO ",
                KeyInput.Ctrl('v'),
                KeyInput.Escape,
                KeyInput.Line("[31m"),
                KeyInput.Enter,
                KeyInput.Line("nonsense"),
                KeyInput.Up,
                KeyInput.Up,
                KeyInput.Enter,
                KeyInput.Line("quit"),
            ]
        );
        var prompt = $"{server.Address}>";
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            WELCOME, I'm TinyServer not pressure
            # {ShellState.HelpHint}
            {prompt} TIME
            {Time}
            {prompt} ECHO \x1B[31m
            ECHO \x1B[31m
            {prompt}
            {prompt} nonsense
            ERROR UNKNOWN_COMMAND
            # The first word is not a command. Send HELP to see the commands.
            {prompt} ECHO \x1B[31m
            ECHO \x1B[31m
            {prompt} quit
            BYE
            """,
            screen.Text
        );
        Assert.InRange(screen.Width, 1, Terminal.DefaultWidth - 1);
    }

    [Fact]
    public async Task Ctrl_R_finds_an_earlier_line()
    {
        await using var server = ReferenceServer.Start();
        var (_, screen, _) = await TypeAsync(
            server,
            "",
            [
                KeyInput.Line("ECHO one"),
                KeyInput.Line("ECHO two"),
                KeyInput.Line("TIME"),
                KeyInput.Ctrl('r'),
                "O",
                KeyInput.Ctrl('r'),
                "n",
                KeyInput.Enter,
            ]
        );
        Assert.EndsWith($"\n{server.Address}> ECHO one\nECHO one", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_is_restored_in_the_next_session()
    {
        await using var server = ReferenceServer.Start();
        await TypeAsync(server, "", [KeyInput.Line("ECHO yesterday"), KeyInput.Line(" ECHO secret")]);
        var (_, screen, _) = await TypeAsync(server, "", [KeyInput.Up, KeyInput.Enter]);
        Assert.EndsWith("> ECHO yesterday\nECHO yesterday", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_lost_connection_the_next_line_reconnects_and_both_are_reported()
    {
        await using var server = FakeServer.StartWithGreeting(async connection =>
            await connection.SendAsync($"{await connection.ReadLineAsync()}\nERROR IDLE_TIMEOUT\n")
        );
        var (code, screen, _) = await TypeAsync(
            server,
            "",
            [
                KeyInput.Line("ECHO 1"),
                KeyInput.Line("ECHO 2"),
                KeyInput.Line("ECHO 3"),
                KeyInput.Line("ECHO 4"),
                KeyInput.Ctrl('d'),
            ]
        );
        Assert.Equal(0, code);
        Assert.Contains(" IDLE_TIMEOUT", screen.Text, StringComparison.Ordinal);
        Assert.Contains("\nWELCOME, test\n# Connected again.\n", screen.Text, StringComparison.Ordinal);
        Assert.InRange(screen.Width, 1, Terminal.DefaultWidth - 1);
    }

    [Fact]
    public async Task A_port_without_a_server_ends_the_shell_with_CONNECT_FAILED()
    {
        var environment = OnTerminal([KeyInput.Ctrl('d')]);
        var (code, output, error) = await CliRunner.RunAsync(
            ["shell", "-t", $"127.0.0.1:{FakeServer.UnusedPort()}"],
            environment
        );
        Assert.Equal((ExitCodes.ConnectFailed.Code, ""), (code, FakeTerminal.Render(output).Text));
        Assert.StartsWith("tinytcp: Cannot connect to ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("--color always", "1", true)]
    [InlineData("--color never", "", false)]
    [InlineData("", "1", false)]
    public async Task Color_codes_follow_the_color_option_and_NO_COLOR(
        string option,
        string noColor,
        bool hasColors
    )
    {
        await using var server = ReferenceServer.Start();
        var environment = OnTerminal([KeyInput.Line("TIME")]);
        environment.Variables["NO_COLOR"] = noColor;
        var output = await OutputAsync(server, option, environment);
        Assert.Equal(hasColors, output.Contains(PromptColor, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_reply_stands_out_in_colour()
    {
        await using var server = ReferenceServer.Start();
        var output = await OutputAsync(server, "--color always", OnTerminal([KeyInput.Line("nonsense")]));
        Assert.Contains(
            new Theme(HasColors: true).Apply(Theme.Error, "ERROR UNKNOWN_COMMAND"),
            output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_history_error_is_printed_once_and_the_shell_continues()
    {
        await using var server = ReferenceServer.Start();
        var environment = OnTerminal([KeyInput.Line("TIME"), KeyInput.Line("TIME")]);
        environment.Variables.Clear();
        var output = await OutputAsync(server, "", environment);
        Assert.Equal(2, output.Split("Cannot save history").Length);
        Assert.Contains(Time, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_prints_replies_unescaped()
    {
        await using var server = ReferenceServer.Start();
        var environment = OnTerminal([KeyInput.Line("ECHO \u009B2J")]);
        Assert.Contains(
            "\nECHO \u009B2J\n",
            (await OutputAsync(server, "--raw", environment)).Replace(
                "\r\u001b[K",
                "",
                StringComparison.Ordinal
            ),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\u009B", await OutputAsync(server, "", environment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timing_prints_how_long_each_reply_took()
    {
        await using var server = ReferenceServer.Start();
        var (_, screen, _) = await TypeAsync(server, "--timing", [KeyInput.Line("TIME")]);
        Assert.Matches($@"\n{Regex.Escape(Time)}\n# \d+(\.\d+)? [mnµ]?s$", screen.Text);
    }

    private async Task<(int Code, FakeTerminal Screen, string Error)> TypeAsync(
        FakeServer server,
        string options,
        IEnumerable<string> keys
    )
    {
        var (code, output, error) = await CliRunner.RunAsync(Arguments(server, options), OnTerminal(keys));
        return (code, FakeTerminal.Render(output), error);
    }

    private static async Task<string> OutputAsync(
        FakeServer server,
        string options,
        CliRunner.TestEnvironment environment
    ) => (await CliRunner.RunAsync(Arguments(server, options), environment)).Output;

    private static string[] Arguments(FakeServer server, string options) =>
        ["shell", "-t", server.Address, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private CliRunner.TestEnvironment OnTerminal(IEnumerable<string> keys) =>
        new()
        {
            Keys = keys,
            Terminal = Terminal.None with { HasInput = true, HasOutput = true, HasError = true },
            Variables = { ["XDG_STATE_HOME"] = state },
        };
}
