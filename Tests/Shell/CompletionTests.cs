using System.Text.RegularExpressions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary><c>tinytcpd completion</c>, by its scripts in the real shells that are installed.</summary>
[Trait("Category", "Program")]
public sealed partial class CompletionTests
{
    [GeneratedRegex(@"^    '(?<name>[^\[=]+)", RegexOptions.Multiline, 1_000)]
    private static partial Regex OptionSpec();

    [Theory]
    [InlineData("--log-l", "--log-level")]
    [InlineData("--log-level w", "warning")]
    [InlineData("--log-format ''", "json simple systemd")]
    [InlineData("--check --any", "--any-port")]
    [InlineData("--port ''", "")]
    [InlineData("-c ''", "")]
    public async Task Bash_completes_options_and_values(string words, string expected) =>
        Assert.Equal(
            expected,
            await Complete(
                "bash",
                $"words=(tinytcpd {words}); _tinytcpd tinytcpd \"${{words[-1]}}\" \"${{words[-2]}}\"; echo \"${{COMPREPLY[@]}}\""
            )
        );

    [Theory]
    [InlineData(
        "--log-l",
        "--log-level\tMinimum level that is logged: trace, debug, info, warning, error, critical or none"
    )]
    [InlineData(
        "--log-level w",
        "warning\tMinimum level that is logged: trace, debug, info, warning, error, critical or none"
    )]
    [InlineData("--time", "--time-zone\tTime zone of the TIME command and the log, such as Europe/Berlin")]
    public async Task Fish_completes_options_and_values(string words, string expected)
    {
        if (IsInstalled("fish"))
        {
            Assert.Equal(expected, await Complete("fish", $"complete -C 'tinytcpd {words}'"));
        }
    }

    // The completion system of zsh needs a terminal: a function in its place prints what it is given.
    [Theory]
    [InlineData(
        "--log-format",
        "--log-format=[Format of log lines\\: simple, json or systemd]:FORMAT:(json simple systemd)"
    )]
    [InlineData("--config", "--config=[JSON file with settings]:PATH:_files")]
    [InlineData("-c", "-c[JSON file with settings]:PATH:_files")]
    [InlineData("--check", "--check[Check the settings, print each with its source, and exit]")]
    [InlineData(
        "--time-zone",
        "--time-zone=[Time zone of the TIME command and the log, such as Europe/Berlin]:ZONE:()"
    )]
    public async Task Zsh_completes_options_and_values(string option, string expected)
    {
        if (IsInstalled("zsh"))
        {
            var arguments = await Complete(
                "zsh",
                "_arguments() { print -rl -- $@ }; _tinytcpd",
                "compdef() {}; "
            );
            Assert.Equal(expected, arguments.Split('\n').Single(line => line.Split('=', '[')[0] == option));
        }
    }

    // The completion systems of zsh and fish reject other names, such as /h.
    [Fact]
    public async Task Every_option_of_the_scripts_begins_with_a_dash()
    {
        var script = (await ProgramProcess.Run(ProgramProcess.Server, ["completion", "zsh"])).Output;
        Assert.All(
            OptionSpec().Matches(script),
            static spec => Assert.StartsWith("-", spec.Groups["name"].Value, StringComparison.Ordinal)
        );
        Assert.NotEmpty(OptionSpec().Matches(script));
    }

    [Fact]
    public async Task An_unknown_shell_is_an_error()
    {
        var (exitCode, _, error) = await ProgramProcess.Run(ProgramProcess.Server, ["completion", "tcsh"]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith(
            "tinytcpd: 'tcsh' is not a known shell. Give bash, zsh or fish.",
            error,
            StringComparison.Ordinal
        );
    }

    private static bool IsInstalled(string shell) => File.Exists($"/usr/bin/{shell}");

    /// <summary>Runs commands of a shell after its script.</summary>
    private static async Task<string> Complete(string shell, string commands, string before = "")
    {
        var (exitCode, script, error) = await ProgramProcess.Run(
            ProgramProcess.Server,
            ["completion", shell]
        );
        Assert.Equal((0, ""), (exitCode, error));
        // Outside of a real completion bash's compopt reports an error.
        var (_, output, _) = await ProgramProcess.RunScript(shell, $"{before}{script}\n{commands}");
        return output.TrimEnd('\n');
    }
}
