using TinyTcp.Cli.Parsing;
using Xunit;

namespace TinyTcp.Tests.Client.Parsing;

/// <summary>Invalid command lines, and valid ones with unusual words.</summary>
public class ParseErrorTests
{
    [Theory]
    [InlineData("tiem", "Unknown command 'tiem'. Did you mean 'time'?")]
    [InlineData("ecoh hello world", "Unknown command 'ecoh'. Did you mean 'echo'?")]
    [InlineData("-- time", "'time' after -- is not a command. Remove the --.")]
    [InlineData("tiem now", "Unknown command 'tiem'. Did you mean 'time'?")]
    [InlineData("127.0.0.1:1 tiem", "Unknown command 'tiem'. Did you mean 'time'?")]
    [InlineData("127.0.0.1 1 tiem now", "Unknown command 'tiem'. Did you mean 'time'?")]
    [InlineData("benhc -c 50", "Unknown command 'benhc'. Did you mean 'bench'?")]
    [InlineData("help tiem", "Unknown command 'tiem'. Did you mean 'time'?")]
    [InlineData("ping", $"Unknown command 'ping'. Give a command, or a server: {TargetArgument.Forms}.")]
    [InlineData("host time", $"Unknown command 'host'. Give a command, or a server: {TargetArgument.Forms}.")]
    [InlineData(" time", $"Unknown command ''. Give a command, or a server: {TargetArgument.Forms}.")]
    [InlineData(
        "127.0.0.1 1 2",
        $"Unknown command '2'. Give a command, or a server: {TargetArgument.Forms}."
    )]
    [InlineData(
        "--timeout 1",
        $"The command is missing. Give a command, or a server: {TargetArgument.Forms}."
    )]
    public Task A_missing_or_unknown_command_is_a_usage_error(string words, string sentence) =>
        AssertIsUsageErrorAsync(words, sentence);

    [Theory]
    [InlineData("127.0.0.1 1 -t x:1", "Both '127.0.0.1 1' and 'x:1' name a server. Remove one of them.")]
    [InlineData("x:1 time y:2", "Both 'x:1' and 'y:2' name a server. Remove one of them.")]
    [InlineData("time x 1 -t y:2", "Both 'x 1' and 'y:2' name a server. Remove one of them.")]
    [InlineData("x:1 examples", "'x:1' has no effect before the command 'examples'. Remove it.")]
    [InlineData("x:1 --json", "--json needs a command. Give one, such as time.")]
    [InlineData(
        "--timeout 5 examples",
        "'--timeout' has no effect before the command 'examples'. Remove it."
    )]
    [InlineData("-c 50 bench", "Option '-c' must follow 'bench'.")]
    [InlineData("--json shell", "'--json' has no effect before the command 'shell'. Remove it.")]
    [InlineData("--rate=5 bench", "Option '--rate' must follow 'bench'.")]
    [InlineData("--verison", "Unknown option '--verison'. Did you mean '--version'?")]
    [InlineData("echo --jsno", "Unknown option '--jsno'. Did you mean '--json'?")]
    [InlineData("--nonsense", "Unknown option '--nonsense'. Remove it.")]
    [InlineData("time --nonsense", "Unknown option '--nonsense'. Remove it.")]
    [InlineData("127.0.0.1 1 --nonsense=2", "Unknown option '--nonsense=2'. Remove it.")]
    [InlineData("completion bash --nonsense", "Unknown option '--nonsense'. Remove it.")]
    [InlineData("raw -x", "Unknown option '-x'. To pass it as <line>, put -- before it.")]
    [InlineData("send --value", "Unknown option '--value'. Remove it.")]
    [InlineData("examples -t here", "Unknown option '-t'. Remove it.")]
    [InlineData("time x:1 now", "Unexpected word 'now'. Remove it.")]
    [InlineData("time x 1 now", "Unexpected word 'now'. Remove it.")]
    [InlineData(
        "time now",
        "Invalid target 'now'. Expected: HOST:PORT, tls://HOST:PORT or unix:PATH, such as now:40000."
    )]
    [InlineData("raw", "The argument <line> is missing.")]
    [InlineData("127.0.0.1 1 --timeout", "Required argument missing for option: '--timeout'.")]
    [InlineData(
        "probe --color \u001B[31m",
        @"Invalid --color '\x1B[31m'. Expected: 'auto', 'always', 'never'."
    )]
    [InlineData("completion csh", "Invalid <shell> 'csh'. Expected: 'bash', 'zsh', 'fish'.")]
    [InlineData(
        "echo a\uFFFDb",
        "The text contains U+FFFD, or bytes that are not UTF-8. Convert it, or use 'send', which sends any bytes."
    )]
    [InlineData("send ", "The file is ''. Give a path, or - for the input.")]
    public Task A_usage_error_is_one_line(string words, string sentence) =>
        AssertIsUsageErrorAsync(words, sentence);

    [Theory]
    [InlineData("127.0.0.1 0", "'0'")]
    [InlineData("127.0.0.1 99999", "'99999'")]
    [InlineData("127.0.0.1 -1", "'-1'")]
    [InlineData("127.0.0.1 \u001B[2J", @"'\x1B[2J'")]
    [InlineData("0.0.0.0 1", "'0.0.0.0'")]
    [InlineData("[x] 1", "'[x]'")]
    [InlineData("[] 1", "'[]'")]
    [InlineData("time -t here", "'here'")]
    [InlineData("-t here time", "'here'")]
    [InlineData("time -t [::1]", "'[::1]'")]
    [InlineData("time -t ::1:4", "'::1:4'")]
    [InlineData("time -t here:0", "'0'")]
    [InlineData("time -t unix:", "''")]
    [InlineData("bench --goal q", "'q'")]
    [InlineData("127.0.0.1 1 --timeout 0", "'0'")]
    [InlineData("127.0.0.1 1 --timeout -5", "'-5'")]
    [InlineData("127.0.0.1 1 --timeout soon", "'soon'")]
    [InlineData("time --timeout 25h", "Expected: a duration from 1ms to 24h, such as 500ms or 5s.")]
    [InlineData("time --timeout 5x", "'5x'")]
    [InlineData("bench --size 64k", "Expected: a size from 1 to 65000 bytes.")]
    [InlineData("bench -n 1k", "Expected: a whole number from 1 to 1000000000.")]
    [InlineData("time --timeout NaN", "'NaN'")]
    public async Task An_invalid_value_is_quoted_in_one_line(string words, string value)
    {
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '));
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(value, error, StringComparison.Ordinal);
        Assert.EndsWith(". See --help.\n", error, StringComparison.Ordinal);
        Assert.Equal(error.Length - 1, error.IndexOf('\n', StringComparison.Ordinal));
    }

    private static async Task AssertIsUsageErrorAsync(string words, string sentence)
    {
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '));
        Assert.Equal((2, "", $"tinytcp: {sentence} See --help.\n"), (code, output, error));
    }
}
