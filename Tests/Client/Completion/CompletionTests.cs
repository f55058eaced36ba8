using System.CommandLine;
using TinyTcp.Cli.Completion;
using TinyTcp.Cli.Parsing;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Completion;

/// <summary>Completion, in this process and by the scripts in the real shells that are installed.</summary>
public class CompletionTests
{
    // The only file in the current directory.
    private const string Files = "requests";

    [Theory]
    [InlineData("ti", "time")]
    [InlineData("", "time echo help raw send replay mock bench probe shell demo examples completion")]
    [InlineData("--tim", "--timeout")]
    [InlineData("time --j", "--json")]
    [InlineData(
        "time ",
        "--verbose -v --value -g --json --raw --target -t --timeout --record --color --help -h"
    )]
    [InlineData("help p", "probe")]
    [InlineData("help ex", "examples exit-codes")]
    [InlineData("time t", "")]
    [InlineData("--timeout 3 send --ra", "--raw")]
    [InlineData("completion z", "zsh")]
    [InlineData("-t 127.0.0.1:40000 completion ", "bash fish zsh")]
    [InlineData("bench --request ", "echo time")]
    [InlineData("probe --color a", "always auto")]
    [InlineData("probe --color = a", "always auto")]
    [InlineData("probe --color =", "always auto never")]
    [InlineData("probe --color=", "--color=always --color=auto --color=never")]
    [InlineData("probe --color=a", "--color=always --color=auto")]
    [InlineData("probe --color = auto --cs", "--csv")]
    [InlineData("-t 127.0.0.1 : 40000 sen", "send")]
    [InlineData("-t send ti", "time")]
    [InlineData("examples ", "--color --help -h")]
    [InlineData("send ", "/")]
    [InlineData("send re", "/")]
    [InlineData("send --r", "--raw --record")]
    [InlineData("send -", "--json --raw --target -t --timeout --record --color --help -h")]
    [InlineData("bench --goal ", "")]
    [InlineData("probe -c ", "")]
    [InlineData("probe --timeout =", "")]
    [InlineData("probe --timeout=", "")]
    [InlineData("echo ", "")]
    [InlineData("echo bench ", "")]
    [InlineData("echo -- -", "")]
    [InlineData("send -- ", "/")]
    public async Task Words_are_completed(string line, string expected)
    {
        var (code, output, error) = await CliRunner.RunAsync(["complete", "--", .. line.Split(' ')]);
        var words = output.Split('\n')[..^1].Select(static row => row.Split('\t')[0]);
        Assert.Equal((0, expected, ""), (code, string.Join(' ', words), error));
    }

    [Fact]
    public async Task Each_command_and_option_has_a_description()
    {
        var (_, output, _) = await CliRunner.RunAsync("complete", "--", "bench", "");
        Assert.All(output.Split('\n')[..^1], static row => Assert.Matches("^--?[a-z]+\t[^\t]+\\.$", row));
    }

    [Fact]
    public void Only_the_first_line_of_a_description_is_shown()
    {
        var program = new Command("program")
        {
            new SwitchOption("--one") { Description = "The first line.\nThe second." },
        };
        Assert.Equal([("--one", "The first line.")], Completer.Complete(program, ["--"]));
    }

    [ShellFact("bash")]
    public async Task Bash_completes_words() =>
        await AssertCompletesAsync(
            "bash",
            "",
            static words =>
                $"COMP_WORDS=({words}) COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMPREPLY=(old); _tinytcp; echo \"${{COMPREPLY[@]}}\"",
            [
                ("tinytcp ti", "time"),
                ("tinytcp probe --color = a", "always auto"),
                ("tinytcp send ''", Files),
                ("tinytcp echo ''", ""),
            ]
        );

    // The completion system of zsh needs a terminal: functions in its place print what it is given.
    [ShellFact("zsh")]
    public async Task Zsh_completes_words() =>
        await AssertCompletesAsync(
            "zsh",
            """
            compdef() {}
            _describe() { print -r -- ${(P)2} }
            _files() { print -r -- * }
            """,
            static words => $"print -r -- $(words=({words}); CURRENT=$#words PREFIX=$words[-1]; _tinytcp)",
            [
                ("tinytcp exa", "examples:Print example command lines and their output."),
                (
                    "tinytcp time --ta",
                    @"--target:The server\: HOST\:PORT, tls\://HOST\:PORT or unix\:PATH. TINYTCP_TARGET sets the default. TLS trusts the system's certificates, or those in SSL_CERT_FILE."
                ),
                ("tinytcp probe --color=a", "--color=always --color=auto"),
                ("tinytcp send ''", Files),
                ("tinytcp echo ''", ""),
            ]
        );

    [ShellFact("fish")]
    public async Task Fish_completes_words() =>
        await AssertCompletesAsync(
            "fish",
            "",
            static words => $"echo (complete -C \"{words.Replace("''", "", StringComparison.Ordinal)}\")",
            [
                ("tinytcp exa", "examples\tPrint example command lines and their output."),
                ("tinytcp probe --color=a", "--color=always --color=auto"),
                ("tinytcp send ''", Files),
                ("tinytcp echo ''", ""),
            ]
        );

    [ShellFact("zsh")]
    public async Task Zsh_loads_its_script_from_a_file_or_by_eval() =>
        Assert.Equal(
            ["compdef _tinytcp tinytcp", "_describe tinytcp candidates"],
            await RunAsync(
                "zsh",
                "compdef() { print compdef $@ }; _describe() { print _describe $@ }",
                [
                    "eval \"$(<../script)\"",
                    "unset -f _tinytcp; cp ../script _tinytcp; fpath=($PWD); autoload _tinytcp; words=(tinytcp ti) CURRENT=2 PREFIX=ti; _tinytcp",
                ]
            )
        );

    /// <summary>Asserts what a shell offers for the last of some words.</summary>
    private static async Task AssertCompletesAsync(
        string shell,
        string setup,
        Func<string, string> complete,
        (string Words, string Expected)[] rows
    )
    {
        var load = $"{setup}\nsource ../script";
        var offered = await RunAsync(shell, load, rows.Select(row => complete(row.Words)));
        Assert.Equal(
            rows.Select(static row => $"{row.Words}: {row.Expected}"),
            rows.Zip(offered, static (row, words) => $"{row.Words}: {words}")
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
            var program =
                shell == "fish"
                    ? $"function tinytcp; {ExampleTests.Client} $argv; end"
                    : $"tinytcp() {{ {ExampleTests.Client} \"$@\"; }}";
            var (code, output, error) = await ProgramProcess.RunScript(
                shell,
                $"cd '{here}'\n{program}\n{setup}\n{string.Join('\n', commands)}"
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
