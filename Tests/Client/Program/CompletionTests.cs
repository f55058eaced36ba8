using TinyTcp.Cli.Completion;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>Completion in a real bash; the scripts of other shells know the same words.</summary>
public class CompletionTests
{
    [Theory]
    [InlineData("tinytcp", "ti", "time")]
    [InlineData("tinytcp", "--tim", "--timeout")]
    [InlineData("tinytcp time", "--j", "--json")]
    [InlineData("tinytcp --timeout 3 send", "--veri", "--verify")]
    [InlineData("tinytcp completion", "z", "zsh")]
    [InlineData("tinytcp bench --request", "", "echo time")]
    [InlineData("tinytcp time --color", "a", "always auto")]
    [InlineData("tinytcp time --color =", "a", "always auto")]
    [InlineData("tinytcp -t host:1", "pro", "probe")]
    [InlineData("tinytcp bench", "m", "merge")]
    [InlineData("tinytcp bench merge", "--j", "--json")]
    [InlineData("tinytcp bench merge", "--rat", "")]
    [InlineData("tinytcp send", "--v", "--verify")]
    [InlineData("tinytcp send", "", "")]
    [InlineData("tinytcp bench --save", "", "")]
    [InlineData("tinytcp bench --goal", "", "")]
    public async Task Bash_completes_words(string before, string begun, string expected)
    {
        await using var server = Truthful.Server();
        var words = string.Join(' ', before.Split(' ').Append(begun).Select(static word => $"'{word}'"));
        var script =
            $"eval \"$(tinytcp completion bash)\"; COMP_WORDS=({words}); COMP_CWORD={before.Split(' ').Length}; _tinytcp; echo \"${{COMPREPLY[@]}}\"";

        var (exitCode, output, error) = await ExampleTests.ShellAsync(script, server, "bash");
        Assert.Equal((0, $"{expected}\n", ""), (exitCode, output, error));
    }

    [Fact]
    public async Task Each_shell_has_every_command_and_option()
    {
        foreach (var row in ShellScript.Rows)
        {
            var (code, output, _) = await Invoked.RunAsync("completion", row.Shell);
            Assert.Equal(0, code);
            Assert.All(
                new[] { "time", "echo", "send", "examples", "target", "json", "verify" },
                word => Assert.Contains(word, output, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task A_shell_that_is_not_known_is_told() =>
        Assert.Equal(
            (2, "", "tinytcp: The shell is 'csh': give one of bash, zsh, fish. See --help.\n"),
            await Invoked.RunAsync("completion", "csh")
        );
}
