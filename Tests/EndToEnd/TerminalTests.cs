using System.Text.RegularExpressions;
using TinyTcp.Tests.Client;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>The client on a terminal: what it leaves behind, whatever ends or stops it. Linux only.</summary>
[Trait("Category", "Program")]
public sealed partial class TerminalTests
{
    private const string MarksOn = "\u001b[?2004h";
    private const string MarksOff = "\u001b[?2004l";
    private const string ApplicationKeys = "\u001b[?1h";
    private const string CtrlD = "\u0004";
    private const string CtrlZ = "\u001a";

    public static TheoryData<string, string> Ends =>
        new()
        {
            { "QUIT\r", "" },
            { CtrlD, "" },
            { "", "INT" },
            { "", "TERM" },
            { "", "HUP" },
            { "", "QUIT" },
            { "", "USR1" },
            { "", "ALRM" },
            { "", "PWR" },
        };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task The_terminal_is_as_before_after_any_end(string keys, string signal)
    {
        await using var server = ReferenceServer.Start();
        using var terminal = PseudoTerminal.Start($"ulimit -c 0; {Shell(server)}");
        var before = terminal.Attributes;
        terminal.WaitFor(MarksOn);
        terminal.WaitFor("> ");
        Assert.NotEqual(before, terminal.Attributes);

        terminal.Type(keys);
        Signal(signal, terminal);
        terminal.WaitForExit();
        Assert.Equal(before, terminal.Attributes);
        AssertMarksAreOff(terminal.Shown);
    }

    [Theory]
    [InlineData(CtrlZ, "")]
    [InlineData("", "TSTP")]
    public async Task A_stopped_shell_has_restored_the_terminal_and_continues_with_its_line(
        string keys,
        string signal
    )
    {
        await using var server = ReferenceServer.Start();
        using var terminal = PseudoTerminal.Start(InForeground(server));
        var before = terminal.Attributes;
        terminal.WaitFor("> ");
        terminal.Type("ECH");
        terminal.WaitFor("ECH");
        terminal.Type(keys);
        Signal(signal, terminal);
        terminal.WaitFor("[stopped]");
        Assert.Equal(before, terminal.Attributes);
        AssertMarksAreOff(terminal.Shown);
        ContinueAndExit(terminal);
    }

    /// <summary>The runtime sets the modes of its start at SIGCONT, unless a program handles the signal.</summary>
    [Fact]
    public async Task A_shell_keeps_its_modes_when_it_is_continued()
    {
        await using var server = ReferenceServer.Start();
        using var terminal = PseudoTerminal.Start(Shell(server));
        terminal.WaitFor("> ");
        var raw = terminal.Attributes;
        foreach (var typed in Enumerable.Range(1, 20).Select(static count => new string('x', count)))
        {
            Signal("CONT", terminal);
            terminal.Type("x");
            terminal.WaitFor($"> {typed}");
            Assert.Equal(raw, terminal.Attributes);
        }
    }

    [Fact]
    public async Task A_shell_that_was_stopped_without_notice_sets_its_modes_again()
    {
        await using var server = ReferenceServer.Start();
        using var terminal = PseudoTerminal.Start(InForeground(server, "stty sane;"));
        terminal.WaitFor("> ");
        terminal.Type("ECH");
        terminal.WaitFor("ECH");
        var raw = terminal.Attributes;
        Signal("STOP", terminal);
        terminal.WaitFor("[stopped]");
        Assert.NotEqual(raw, terminal.Attributes);
        ContinueAndExit(terminal);
    }

    [Theory]
    [InlineData("shell --no-history", "> ")]
    [InlineData("probe -i 0.02", "seq=2 ")]
    [InlineData("bench --duration 60 --noise 0 --connections 1", "s ")]
    public async Task A_closed_terminal_ends_a_command_with_HUNG_UP(string command, string shown)
    {
        await using var server = ReferenceServer.Start();
        using var terminal = PseudoTerminal.Start(
            $"exec {ExampleTests.Client} {command} -t {server.Address}"
        );
        terminal.WaitFor(shown);
        terminal.Close();
        Assert.Equal(129, await terminal.WaitForExitAsync());
    }

    /// <summary>A shell as the only program of the terminal.</summary>
    private static string Shell(FakeServer server) =>
        $"echo \"pid $$.\"; exec {ExampleTests.Client} shell --no-history --color never -t {server.Address}";

    /// <summary>A shell that another one has started, and continues after a line.</summary>
    private static string InForeground(FakeServer server, string afterStop = "") =>
        $"""
            set -m
            bash -c 'echo "pid $$."; exec "$@"' bash {ExampleTests.Client} shell --no-history --color never -t {server.Address}
            {afterStop} echo '[stopped]'; read -r; fg
            """;

    private static void ContinueAndExit(PseudoTerminal terminal)
    {
        terminal.Clear();
        terminal.Type("\n");
        terminal.WaitFor(MarksOn);
        terminal.WaitFor("> ECH");
        terminal.Clear();
        terminal.Type("O again\r");
        terminal.WaitFor("ECHO again\r\n");
        terminal.Type(CtrlD);
        Assert.Equal(0, terminal.WaitForExit());
        AssertMarksAreOff(terminal.Shown);
    }

    private static void AssertMarksAreOff(string shown)
    {
        Assert.True(
            shown.LastIndexOf(MarksOff, StringComparison.Ordinal)
                > shown.LastIndexOf(MarksOn, StringComparison.Ordinal),
            WireBytes.Show(WireBytes.Utf8(shown))
        );
        Assert.DoesNotContain(ApplicationKeys, shown, StringComparison.Ordinal);
    }

    private static void Signal(string signal, PseudoTerminal terminal)
    {
        if (signal.Length > 0)
        {
            using var kill = System.Diagnostics.Process.Start(
                "kill",
                [$"-{signal}", ProcessId().Match(terminal.Shown).Groups["id"].Value]
            );
            kill.WaitForExit();
        }
    }

    [GeneratedRegex(@"pid (?<id>\d+)\.", RegexOptions.NonBacktracking)]
    private static partial Regex ProcessId();
}
