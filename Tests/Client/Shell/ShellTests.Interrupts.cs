using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The shell when it is suspended or interrupted, or when its terminal fails.</summary>
public sealed partial class ShellTests
{
    [Theory]
    [InlineData("\u001a")]
    [InlineData(FakeKeyboard.StopRequested)]
    public async Task Ctrl_Z_or_a_signal_suspends_and_the_line_is_restored(string request)
    {
        await using var server = ReferenceServer.Start();
        var suspensions = 0;
        var environment = OnTerminal(["EC", request, KeyInput.Line("HO x")]) with
        {
            Suspend = () => ++suspensions > 0,
        };
        var screen = FakeTerminal.Render(await OutputAsync(server, "", environment));
        Assert.Equal(1, suspensions);
        Assert.EndsWith($"\n{server.Address}> ECHO x\nECHO x", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_stop_the_modes_are_set_again_and_the_prompt_is_drawn_on_the_cursors_row()
    {
        await using var server = ReferenceServer.Start();
        var setCount = 0;
        var environment = OnTerminal(["EC", FakeKeyboard.Continued, KeyInput.Line("HO x")]) with
        {
            SetModes = () => setCount++,
        };
        var screen = FakeTerminal.Render(await OutputAsync(server, "", environment));
        Assert.Equal(1, setCount);
        Assert.EndsWith($"\n{server.Address}> ECHO x\nECHO x", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_keys_are_not_typed()
    {
        await using var server = ReferenceServer.Start();
        var (_, screen, _) = await TypeAsync(
            server,
            "",
            ["ECHO al", "\u001b[<0;10;10M", "\u001b]11;rgb:0000/0000/0000\u001b\\pha", KeyInput.Enter]
        );
        Assert.EndsWith("> ECHO alpha\nECHO alpha", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pasted_lines_are_sent_in_order_before_a_closed_terminal_ends_the_shell()
    {
        await using var server = ReferenceServer.Start();
        var lines = Enumerable.Range(0, 50).Select(static number => $"ECHO {number}").ToArray();
        var (code, screen, _) = await TypeAsync(
            server,
            "--no-history",
            [string.Concat(lines.Select(static line => line + "\n"))]
        );
        Assert.Equal(ExitCodes.HungUp.Code, code);
        Assert.Equal(
            lines.SelectMany(line => new[] { $"{server.Address}> {line}", line }),
            screen.Text.Split('\n').Skip(2)
        );
        Assert.Empty(Directory.GetFileSystemEntries(state));
    }

    [Fact]
    public async Task A_failure_to_read_keys_is_an_input_error()
    {
        await using var server = ReferenceServer.Start();
        var (code, screen, error) = await TypeAsync(server, "", Failing());
        Assert.Equal(ExitCodes.IoFailed.Code, code);
        Assert.StartsWith("tinytcp: The input cannot be read (gone)", error, StringComparison.Ordinal);
        Assert.Contains(Time, screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_to_read_keys_of_a_closed_terminal_is_HUNG_UP()
    {
        await using var server = ReferenceServer.Start();
        var environment = OnTerminal(Failing()) with { IsTerminalClosed = static _ => true };
        var (code, _, error) = await CliRunner.RunAsync(Arguments(server, ""), environment);
        Assert.Equal((ExitCodes.HungUp.Code, ""), (code, error));
    }

    private static IEnumerable<string> Failing()
    {
        yield return KeyInput.Line("TIME");
        throw new InputReadException(new IOException("gone"));
    }

    [Fact]
    public async Task A_signal_while_connecting_erases_the_status()
    {
        using var signal = new CancellationTokenSource();
        await using var server = FakeServer.Start(async connection =>
        {
            await signal.CancelAsync();
            await connection.WaitForCloseAsync();
        });
        await AssertInterruptedAsync(server, [], "", signal.Token);
    }

    [Fact]
    public async Task A_signal_while_awaiting_a_reply_exits_at_the_start_of_a_row()
    {
        using var signal = new CancellationTokenSource();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            await connection.ReadLineAsync();
            await signal.CancelAsync();
            await connection.WaitForCloseAsync();
        });
        await AssertInterruptedAsync(
            server,
            [KeyInput.Line("TIME")],
            $"{server.Address}> TIME",
            signal.Token
        );
    }

    private async Task AssertInterruptedAsync(
        FakeServer server,
        IEnumerable<string> keys,
        string lastRow,
        CancellationToken signal
    )
    {
        var (code, output, error) = await CliRunner.RunAsync(Arguments(server, ""), OnTerminal(keys), signal);
        var screen = FakeTerminal.Render(output);
        Assert.Equal((ExitCodes.Interrupted.Code, ""), (code, error));
        Assert.Equal((lastRow, 0), (screen.Text.Split('\n')[^1], screen.Column));
    }
}
