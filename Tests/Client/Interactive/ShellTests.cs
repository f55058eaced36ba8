using TinyTcp.Cli;
using TinyTcp.Cli.Display;
using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>The whole shell: keys in, a screen out; and without a terminal lines in, replies out.</summary>
public sealed class ShellTests : IDisposable
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00";

    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-shell-").FullName;

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Theory]
    [InlineData("--color never")]
    [InlineData("--color always")]
    public async Task A_session_looks_so(string options)
    {
        await using var server = Truthful.Server();
        var (code, screen, error) = await TypeAsync(
            server,
            options,
            [
                .. Pressed.Text("ti"),
                Pressed.Tab,
                Pressed.Enter,
                .. Pressed.Text("ECHO "),
                Pressed.Ctrl('v'),
                Pressed.Escape,
                .. Pressed.Line("[31m"),
                Pressed.Enter,
                .. Pressed.Line("nonsense"),
                Pressed.Up,
                Pressed.Up,
                Pressed.Enter,
                .. Pressed.Line("quit"),
            ]
        );
        var prompt = $"{server.Address}>";
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            $"""
            WELCOME, I'm TinyServer not pressure
            # HELP lists the commands, Tab completes one. QUIT or Ctrl-D leaves.
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
        Assert.InRange(screen.Width, 1, Terminal.UsualWidth - 1);
        Assert.False(screen.IsTaken);
    }

    [Fact]
    public async Task A_line_that_was_asked_is_found_by_a_part_of_it()
    {
        await using var server = Truthful.Server();
        var (_, screen, _) = await TypeAsync(
            server,
            "",
            [
                .. Pressed.Line("ECHO one"),
                .. Pressed.Line("ECHO two"),
                .. Pressed.Line("TIME"),
                Pressed.Ctrl('r'),
                .. Pressed.Text("O"),
                Pressed.Ctrl('r'),
                .. Pressed.Text("n"),
                Pressed.Enter,
            ]
        );
        Assert.EndsWith($"\n{server.Address}> ECHO one\nECHO one", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_Z_stops_it_and_then_it_goes_on_where_it_was()
    {
        await using var server = Truthful.Server();
        var stops = 0;
        var world = OnTerminal([.. Pressed.Text("EC"), Pressed.Ctrl('z'), .. Pressed.Line("HO x")]) with
        {
            Suspend = () => ++stops > 0,
        };
        var screen = Screen.After(await OutputAsync(server, "", world));
        Assert.Equal(1, stops);
        Assert.EndsWith($"\n{server.Address}> ECHO x\nECHO x", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pasted_lines_are_each_asked_in_turn_and_the_end_of_keys_leaves()
    {
        await using var server = Truthful.Server();
        var lines = Enumerable.Range(0, 50).Select(static number => $"ECHO {number}").ToArray();
        var (code, screen, _) = await TypeAsync(
            server,
            "--no-history",
            Pressed.Text(string.Concat(lines.Select(static line => line + "\n")))
        );
        Assert.Equal(0, code);
        Assert.Equal(
            lines.SelectMany(line => new[] { $"{server.Address}> {line}", line }),
            screen.Text.Split('\n').Skip(2)
        );
        Assert.Empty(Directory.GetFileSystemEntries(state));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_any_more_end_it_as_an_input_does()
    {
        await using var server = Truthful.Server();
        var (code, screen, error) = await TypeAsync(server, "", Failing());
        Assert.Equal(ExitCodes.IoFailed.Code, code);
        Assert.StartsWith("tinytcp: The input cannot be read (gone)", error, StringComparison.Ordinal);
        Assert.Contains(Time, screen.Text, StringComparison.Ordinal);

        static IEnumerable<ConsoleKeyInfo> Failing()
        {
            foreach (var key in Pressed.Line("TIME"))
            {
                yield return key;
            }

            throw new InputException(new IOException("gone"));
        }
    }

    [Fact]
    public async Task A_signal_ends_it_at_the_start_of_a_row()
    {
        using var signal = new CancellationTokenSource();
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            await signal.CancelAsync();
            await caller.StayAsync();
        });
        var (code, output, error) = await Invoked.RunAsync(
            Words(server, ""),
            OnTerminal(Pressed.Line("TIME")),
            signal.Token
        );
        Assert.Equal((ExitCodes.Interrupted.Code, ""), (code, error));
        Assert.EndsWith(StatusLine.Erase, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lines_of_another_day_are_there_again()
    {
        await using var server = Truthful.Server();
        await TypeAsync(server, "", [.. Pressed.Line("ECHO yesterday"), .. Pressed.Line(" ECHO secret")]);
        var (_, screen, _) = await TypeAsync(server, "", [Pressed.Up, Pressed.Enter]);
        Assert.EndsWith("> ECHO yesterday\nECHO yesterday", screen.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_loss_the_next_line_connects_again_and_both_are_told()
    {
        await using var server = Peer.Greeting(async caller =>
            await caller.SayAsync($"{await caller.HearAsync()}\nERROR IDLE_TIMEOUT\n")
        );
        var (code, screen, _) = await TypeAsync(
            server,
            "",
            [
                .. Pressed.Line("ECHO 1"),
                .. Pressed.Line("ECHO 2"),
                .. Pressed.Line("ECHO 3"),
                .. Pressed.Line("ECHO 4"),
            ]
        );
        Assert.Equal(0, code);
        Assert.Contains(
            "# The server ended the conversation with IDLE_TIMEOUT: ",
            screen.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("\nWELCOME, test\n# Connected again.\n", screen.Text, StringComparison.Ordinal);
        Assert.InRange(screen.Width, 1, Terminal.UsualWidth - 1);
    }

    [Fact]
    public async Task Where_nobody_listens_it_ends_as_the_other_commands_do()
    {
        var world = OnTerminal([Pressed.Ctrl('d')]);
        var (code, output, error) = await Invoked.RunAsync(
            ["shell", "-t", $"127.0.0.1:{Peer.PortOfNobody()}"],
            world
        );
        Assert.Equal((ExitCodes.NotConnected.Code, ""), (code, Screen.After(output).Text));
        Assert.StartsWith("tinytcp: Nothing listens on ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_are_there_where_they_are_wanted_and_nowhere_else()
    {
        await using var server = Truthful.Server();
        Assert.Contains(
            "\u001b[36m",
            await OutputAsync(server, "--color always", OnTerminal(Pressed.Line("TIME"))),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "\u001b[36m",
            await OutputAsync(server, "", OnTerminal(Pressed.Line("TIME"))),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "\u001b[36m",
            await OutputAsync(server, "--color never", OnTerminal(Pressed.Line("TIME"))),
            StringComparison.Ordinal
        );
        var noColour = OnTerminal(Pressed.Line("TIME"));
        noColour.Variables["NO_COLOR"] = "1";
        Assert.DoesNotContain(
            "\u001b[36m",
            await OutputAsync(server, "", noColour),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_complaint_about_history_is_one_line_and_the_shell_goes_on()
    {
        await using var server = Truthful.Server();
        var world = OnTerminal([.. Pressed.Line("TIME"), .. Pressed.Line("TIME")]);
        world.Variables.Clear();
        var output = await OutputAsync(server, "", world);
        Assert.Equal(2, output.Split("History is not kept").Length);
        Assert.Contains(Time, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Raw_prints_what_the_server_says_as_it_came()
    {
        await using var server = Truthful.Server();
        var world = OnTerminal([.. Pressed.Line("ECHO \u009B2J")]);
        Assert.Contains(
            "\nECHO \u009B2J\n",
            (await OutputAsync(server, "--raw", world)).Replace("\r\u001b[K", "", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("\u009B", await OutputAsync(server, "", world), StringComparison.Ordinal);
    }

    private async Task<(int Code, Screen Screen, string Error)> TypeAsync(
        Peer server,
        string options,
        IEnumerable<ConsoleKeyInfo> keys
    )
    {
        var (code, output, error) = await Invoked.RunAsync(Words(server, options), OnTerminal(keys));
        return (code, Screen.After(output), error);
    }

    private static async Task<string> OutputAsync(Peer server, string options, Invoked.World world) =>
        (await Invoked.RunAsync(Words(server, options), world)).Output;

    private static string[] Words(Peer server, string options) =>
        ["shell", "-t", server.Address, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    private Invoked.World OnTerminal(IEnumerable<ConsoleKeyInfo> keys) =>
        new()
        {
            Keys = keys,
            Terminal = Terminal.None with { Input = true, Output = true, Error = true },
            Variables = { ["XDG_STATE_HOME"] = state },
        };
}
