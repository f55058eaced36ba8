using TinyTcp.Cli.Completion;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Completion;

/// <summary>Completion in the real shells, as far as they are installed; bash is.</summary>
public class CompletionTests
{
    // All that there are.
    private const string Files = "requests";

    [Theory]
    [InlineData("tinytcp", "ti", "time")]
    [InlineData("tinytcp", "--tim", "--timeout")]
    [InlineData("tinytcp time", "--j", "--json")]
    [InlineData("tinytcp --timeout 3 send", "--ra", "--raw")]
    [InlineData("tinytcp completion", "z", "zsh")]
    [InlineData("tinytcp bench --request", "", "echo time")]
    [InlineData("tinytcp probe --color", "a", "always auto")]
    [InlineData("tinytcp probe --color =", "a", "always auto")]
    [InlineData("tinytcp probe --color", "=", "always auto never")]
    [InlineData("tinytcp probe --color = auto", "--cs", "--csv")]
    [InlineData("tinytcp -t 127.0.0.1 : 40000", "sen", "send")]
    [InlineData("tinytcp -t send", "ti", "time")]
    [InlineData("tinytcp examples", "", "--help -h")]
    [InlineData("tinytcp send", "", Files)]
    [InlineData("tinytcp send", "re", Files)]
    [InlineData("tinytcp send", "--r", "--raw")]
    [InlineData("tinytcp bench --goal", "", "")]
    [InlineData("tinytcp probe -c", "", "")]
    [InlineData("tinytcp probe --timeout", "=", "")]
    [InlineData("tinytcp echo", "", "")]
    [InlineData("tinytcp echo --", "-", "")]
    [InlineData("tinytcp send --", "", Files)]
    [InlineData("tinytcp time", "t", "")]
    public async Task Bash_completes_words(string before, string begun, string expected) =>
        Assert.Equal(
            (0, $"{expected}\n", ""),
            await InFolderAsync(
                "bash",
                $"eval \"$(tinytcp completion bash)\"; COMP_WORDS=({Quoted($"{before} ", begun)}); COMP_CWORD={before.Split(' ').Length}; _tinytcp; echo \"${{COMPREPLY[@]}}\""
            )
        );

    [ShellTheory("zsh")]
    [InlineData("tinytcp", "", "time echo help raw send bench probe shell examples completion")]
    [InlineData("tinytcp examples", "", "--help -h")]
    [InlineData("tinytcp -t 127.0.0.1:40000 completion", "", "bash fish zsh")]
    [InlineData("tinytcp send", "", Files)]
    [InlineData("tinytcp send", "-", "--raw --target -t --timeout --help -h")]
    [InlineData("tinytcp bench --goal", "", "")]
    [InlineData("tinytcp probe --timeout=", "", "")]
    [InlineData("tinytcp probe --color=", "", "always auto never")]
    [InlineData("tinytcp echo --", "-", "")]
    [InlineData("tinytcp send --", "", Files)]
    [InlineData("tinytcp echo", "", "")]
    public async Task Zsh_completes_words(string before, string begun, string expected)
    {
        // Its own completion has no way in but a terminal: what it would be told is printed instead.
        const string Told = """
            compdef() {}
            _describe() { print -r -- ${${(P)2}%%:*} }
            _files() { print -r -- * }
            compadd() { print -r -- ${@:2} }
            compset() { PREFIX=${PREFIX#*=} }
            """;
        var words = before.EndsWith('=') ? $"{before}{begun}" : $"{before} {begun}";
        var (_, output, error) = await InFolderAsync(
            "zsh",
            $"{Told}\neval \"$(tinytcp completion zsh)\"; words=({Quoted(words)}); CURRENT=$#words PREFIX=$words[-1]; _tinytcp"
        );
        Assert.Equal((expected, ""), (output.Trim(), error));
    }

    [ShellTheory("zsh")]
    [InlineData("eval \"$(tinytcp completion zsh)\"", "compdef _tinytcp tinytcp")]
    [InlineData(
        "tinytcp completion zsh >_tinytcp; fpath=($PWD); autoload _tinytcp; words=(tinytcp ti) CURRENT=2 PREFIX=ti; _tinytcp",
        "_describe tinytcp known"
    )]
    public async Task Zsh_loads_its_script_from_a_file_or_by_eval(string load, string call) =>
        Assert.Equal(
            (0, $"{call}\n", ""),
            await InFolderAsync(
                "zsh",
                $"compdef() {{ print compdef $@ }}; _describe() {{ print _describe $@ }}; {load}"
            )
        );

    [ShellTheory("fish")]
    [InlineData("tinytcp ", "bench completion echo examples help probe raw send shell time")]
    [InlineData("tinytcp -t 127.0.0.1:40000 sen", "send")]
    [InlineData("tinytcp time ", "")]
    [InlineData("tinytcp time --ti", "--timeout")]
    [InlineData("tinytcp send ", Files)]
    [InlineData("tinytcp bench --goal ", "")]
    [InlineData("tinytcp probe --color=a", "--color=always --color=auto")]
    [InlineData("tinytcp echo bench ", "")]
    public async Task Fish_completes_words(string line, string expected)
    {
        var (_, output, error) = await InFolderAsync(
            "sh",
            $"tinytcp completion fish >../script; fish --no-config -c \"source ../script; complete -C'{line}'\" | cut -f1"
        );
        Assert.Equal((expected, ""), (output.Trim().Replace('\n', ' '), error));
    }

    [Fact]
    public async Task Every_script_contains_every_command_and_option()
    {
        foreach (var row in ShellScript.Rows)
        {
            var (code, output, _) = await CliRunner.RunAsync("completion", row.ShellName);
            Assert.Equal(0, code);
            Assert.All(
                new[] { "time", "echo", "send", "examples", "target", "json", "raw" },
                word => Assert.Contains(word, output, StringComparison.Ordinal)
            );
        }
    }

    [Fact]
    public async Task An_unknown_shell_is_a_usage_error() =>
        Assert.Equal(
            (2, "", "tinytcp: The shell is 'csh': give one of bash, zsh, fish. See --help.\n"),
            await CliRunner.RunAsync("completion", "csh")
        );

    private static string Quoted(string before, string begun = "") =>
        string.Join(' ', $"{before}{begun}".Split(' ').Select(static word => $"'{word}'"));

    /// <summary>Runs a script where there is one file.</summary>
    private static async Task<(int ExitCode, string Output, string Error)> InFolderAsync(
        string shell,
        string script
    )
    {
        await using var server = ReferenceServer.Start();
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            await File.WriteAllTextAsync(folder.CreateSubdirectory("here").FullName + $"/{Files}", "");
            return await ExampleTests.ShellAsync($"cd '{folder.FullName}/here'\n{script}", server, shell);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A theory about a shell, where it is installed.</summary>
    private sealed class ShellTheoryAttribute : TheoryAttribute
    {
        public ShellTheoryAttribute(string shell)
        {
            var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            if (!Array.Exists(folders, folder => File.Exists(Path.Combine(folder, shell))))
            {
                Skip = $"There is no {shell} here.";
            }
        }
    }
}
