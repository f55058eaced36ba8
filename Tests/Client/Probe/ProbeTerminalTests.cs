using System.Text.RegularExpressions;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Client.Shell;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary><c>tinytcp probe</c> on a terminal, with and without colour.</summary>
public partial class ProbeTerminalTests
{
    private const string Status = "% lost); reply min/median/max ";

    [Fact]
    public async Task The_status_line_is_below_the_last_line_and_erased_at_the_end()
    {
        var output = await RunAsync(new(), width: 80);
        Assert.Matches(StatusLine(), output);
        Assert.DoesNotContain(
            VisibleLines(output),
            static line => line.Contains(Status, StringComparison.Ordinal)
        );
        Assert.Contains(
            VisibleLines(output),
            static line =>
                line.StartsWith("4 sent, 3 answered, 1 lost (25%), longest outage ", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(60)]
    [InlineData(40)]
    [InlineData(20)]
    public async Task No_line_is_wider_than_the_terminal_or_80_columns(int width)
    {
        var output = await RunAsync(new(), width, "--color", "always", "-D");
        Assert.InRange(FakeTerminal.Render(output).Width, 0, Math.Min(width, 80));
    }

    [Fact]
    public async Task Color_adds_no_information()
    {
        var environment = new CliRunner.TestEnvironment();
        var plain = await RunAsync(environment, width: 80);
        var colored = await RunAsync(environment, width: 80, "--color", "always");
        Assert.DoesNotMatch(ColorCodes(), plain);
        Assert.Matches(@"\u001B\[[0-9;]+mseq=2 ", colored);
        Assert.Equal(MaskDigits(plain), MaskDigits(ColorCodes().Replace(colored, "")));
    }

    [Fact]
    public async Task A_repeated_error_is_printed_in_full_once_then_truncated()
    {
        var clock = new TrackingTimeProvider();
        await using var server = ProbeCommandTests.OneByOne(clock, static number => number > 1);
        var (_, output, _) = await CliRunner.RunAsync(
            ["probe", "-t", server.Address, "-c", "3", "-i", "0.001", "--color", "never"],
            new CliRunner.TestEnvironment
            {
                Time = clock,
                Terminal = Terminal.None with { HasOutput = true, GetWidth = static () => 60 },
            }
        );
        var lines = VisibleLines(output)
            .Where(static line => line.Length > 0)
            .SkipWhile(static line => !line.StartsWith("seq=", StringComparison.Ordinal))
            .Skip(1)
            .TakeWhile(NoSummary)
            .ToList();
        var full = string.Join(' ', lines.SkipLast(1).Select(static line => line.Trim()));
        var truncated = lines[^1];
        Assert.StartsWith("seq=", full, StringComparison.Ordinal);
        Assert.True(full.Length > 60);
        Assert.Equal(60, truncated.Length);
        Assert.EndsWith("...", truncated, StringComparison.Ordinal);
        Assert.StartsWith(
            Sequence().Replace(truncated[..^3], ""),
            Sequence().Replace(full, ""),
            StringComparison.Ordinal
        );

        bool NoSummary(string line) => line != server.Address;
    }

    [Fact]
    public async Task A_dumb_terminal_gets_no_status_line()
    {
        var output = await RunAsync(new() { Variables = { ["TERM"] = "dumb" } }, width: 80);
        Assert.DoesNotContain('\u001B', output);
        Assert.DoesNotContain(Status, output, StringComparison.Ordinal);
    }

    private static async Task<string> RunAsync(
        CliRunner.TestEnvironment environment,
        int width,
        params string[] options
    )
    {
        var clock = new TrackingTimeProvider();
        await using var server = ProbeCommandTests.OneByOne(clock, static number => number == 2);
        var terminal = Terminal.None with { HasOutput = true, GetWidth = () => width };
        var variables = new Dictionary<string, string>(environment.Variables) { ["NO_COLOR"] = "1" };
        var (code, output, error) = await CliRunner.RunAsync(
            ["probe", "-t", server.Address, "-c", "4", "-i", "0.001", .. options],
            environment with
            {
                Time = clock,
                Terminal = terminal,
                Variables = variables,
            }
        );
        Assert.Equal((12, ""), (code, error));
        return output;
    }

    /// <summary>The lines without what was erased.</summary>
    private static string[] VisibleLines(string output) => FakeTerminal.Render(output).Text.Split('\n');

    /// <summary>The lines without numbers, which differ between runs, as may the order of probes.</summary>
    private static IEnumerable<string> MaskDigits(string output) =>
        VisibleLines(output)
            .Select(static line => Digits().Replace(line, "#").TrimEnd())
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\u001B\[[0-9;]*m", RegexOptions.None, 1_000)]
    private static partial Regex ColorCodes();

    [GeneratedRegex(
        @"\nreply [▁-█!_.:=+*#-]+\u001B\[K\n\d of \d answered \([\d.]+% lost\); reply min/median/max ",
        RegexOptions.None,
        1_000
    )]
    private static partial Regex StatusLine();

    [GeneratedRegex("seq=[0-9]+", RegexOptions.None, 1_000)]
    private static partial Regex Sequence();

    [GeneratedRegex(@" *\d+(\.\d+)?| +", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Digits();
}
