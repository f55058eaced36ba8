using TinyTcp.Cli.Completion;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Completion;

/// <summary>The completion scripts in the real shells that are installed. One shell evaluates all rows.</summary>
public class CompletionTests
{
    // The only file in the current directory.
    private const string Files = "requests";

    [ShellFact("bash")]
    public async Task Bash_completes_words() =>
        await AssertCompletesAsync(
            "bash",
            "",
            static (before, word) =>
                $"COMP_WORDS=({Quoted($"{before} {word}")}) COMP_CWORD={before.Split(' ').Length}; _tinytcp; echo \"${{COMPREPLY[@]}}\"",
            [
                ("tinytcp", "ti", "time"),
                ("tinytcp", "--tim", "--timeout"),
                ("tinytcp time", "--j", "--json"),
                ("tinytcp --timeout 3 send", "--ra", "--raw"),
                ("tinytcp completion", "z", "zsh"),
                ("tinytcp bench --request", "", "echo time"),
                ("tinytcp probe --color", "a", "always auto"),
                ("tinytcp probe --color =", "a", "always auto"),
                ("tinytcp probe --color", "=", "always auto never"),
                ("tinytcp probe --color = auto", "--cs", "--csv"),
                ("tinytcp -t 127.0.0.1 : 40000", "sen", "send"),
                ("tinytcp -t send", "ti", "time"),
                ("tinytcp examples", "", "--help -h"),
                ("tinytcp send", "", Files),
                ("tinytcp send", "re", Files),
                ("tinytcp send", "--r", "--raw"),
                ("tinytcp bench --goal", "", ""),
                ("tinytcp probe -c", "", ""),
                ("tinytcp probe --timeout", "=", ""),
                ("tinytcp echo", "", ""),
                ("tinytcp echo --", "-", ""),
                ("tinytcp send --", "", Files),
                ("tinytcp time", "t", ""),
            ]
        );

    // The completion system of zsh needs a terminal: functions in its place print what it is given.
    [ShellFact("zsh")]
    public async Task Zsh_completes_words() =>
        await AssertCompletesAsync(
            "zsh",
            """
            compdef() {}
            _describe() { print -r -- ${${(P)2}%%:*} }
            _files() { print -r -- * }
            compadd() { print -r -- ${@:2} }
            compset() { PREFIX=${PREFIX#*=} }
            """,
            static (before, word) =>
                $"print -r -- $(words=({Quoted(before.EndsWith('=') ? before + word : $"{before} {word}")}); CURRENT=$#words PREFIX=$words[-1]; _tinytcp)",
            [
                ("tinytcp", "", "time echo help raw send bench probe shell examples completion"),
                ("tinytcp examples", "", "--help -h"),
                ("tinytcp -t 127.0.0.1:40000 completion", "", "bash fish zsh"),
                ("tinytcp send", "", Files),
                ("tinytcp send", "-", "--raw --target -t --timeout --help -h"),
                ("tinytcp bench --goal", "", ""),
                ("tinytcp probe --timeout=", "", ""),
                ("tinytcp probe --color=", "", "always auto never"),
                ("tinytcp echo --", "-", ""),
                ("tinytcp send --", "", Files),
                ("tinytcp echo", "", ""),
            ]
        );

    [ShellFact("fish")]
    public async Task Fish_completes_words() =>
        await AssertCompletesAsync(
            "fish",
            "",
            static (before, word) => $"echo (complete -C '{before} {word}' | cut -f1)",
            [
                ("tinytcp", "", "bench completion echo examples help probe raw send shell time"),
                ("tinytcp -t 127.0.0.1:40000", "sen", "send"),
                ("tinytcp time", "", ""),
                ("tinytcp time", "--ti", "--timeout"),
                ("tinytcp send", "", Files),
                ("tinytcp bench --goal", "", ""),
                ("tinytcp probe", "--color=a", "--color=always --color=auto"),
                ("tinytcp echo bench", "", ""),
            ]
        );

    [ShellFact("zsh")]
    public async Task Zsh_loads_its_script_from_a_file_or_by_eval()
    {
        const string Fakes = "compdef() { print compdef $@ }; _describe() { print _describe $@ }";
        Assert.Equal(
            ["compdef _tinytcp tinytcp", "_describe tinytcp known"],
            await RunAsync(
                "zsh",
                Fakes,
                [
                    "eval \"$(<../script)\"",
                    "unset -f _tinytcp; cp ../script _tinytcp; fpath=($PWD); autoload _tinytcp; words=(tinytcp ti) CURRENT=2 PREFIX=ti; _tinytcp",
                ]
            )
        );
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

    private static string Quoted(string line) =>
        string.Join(' ', line.Split(' ').Select(static word => $"'{word}'"));

    /// <summary>Asserts what a shell offers for each row: the words before the cursor, and the one at the cursor.</summary>
    private static async Task AssertCompletesAsync(
        string shell,
        string setup,
        Func<string, string, string> complete,
        (string Before, string Word, string Expected)[] rows
    )
    {
        var load = $"{setup}\nsource ../script";
        var offered = await RunAsync(shell, load, rows.Select(row => complete(row.Before, row.Word)));
        Assert.Equal(
            rows.Select(static row => $"{row.Before} {row.Word}: {row.Expected}"),
            rows.Zip(offered, static (row, words) => $"{row.Before} {row.Word}: {words}")
        );
    }

    /// <summary>Runs commands that print one line each, in a directory with one file and the script beside it.</summary>
    private static async Task<string[]> RunAsync(string shell, string setup, IEnumerable<string> commands)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var here = folder.CreateSubdirectory("here").FullName;
            await File.WriteAllTextAsync($"{here}/{Files}", "");
            var script = (await CliRunner.RunAsync("completion", shell)).Output;
            await File.WriteAllTextAsync($"{folder.FullName}/script", script);
            var (code, output, error) = await ExampleTests.RunShellAsync(
                shell,
                $"cd '{here}'\n{setup}\n{string.Join('\n', commands)}"
            );
            Assert.Equal((0, ""), (code, error));
            return output.Split('\n')[..^1];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A test that is skipped if its shell is not installed.</summary>
    private sealed class ShellFactAttribute : FactAttribute
    {
        public ShellFactAttribute(string shell)
        {
            var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            if (!Array.Exists(folders, folder => File.Exists(Path.Combine(folder, shell))))
            {
                Skip = $"{shell} is not installed.";
            }
        }
    }
}
