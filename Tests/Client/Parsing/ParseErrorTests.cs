using Xunit;

namespace TinyTcp.Tests.Client.Parsing;

/// <summary>Invalid command lines, and valid ones with unusual words.</summary>
public class ParseErrorTests
{
    [Theory]
    [InlineData("tiem", "Unknown command 'tiem'. Did you mean 'time'?")]
    [InlineData("ecoh hello world", "Unknown command 'ecoh'. Did you mean 'echo'?")]
    [InlineData("-- time", "'time' after -- is not a command. Remove the --.")]
    [InlineData(
        "127.0.0.1:1",
        "Unknown command '127.0.0.1:1'. Give a command, or a host and a port as two words."
    )]
    [InlineData("127.0.0.1 1 -t x:1", "Both '127.0.0.1' and --target name a server. Remove one of them.")]
    [InlineData(
        "host time",
        "'host' has no effect before the command 'time'. Remove it, or name a server by --target HOST:PORT."
    )]
    [InlineData(
        " time",
        "'' has no effect before the command 'time'. Remove it, or name a server by --target HOST:PORT."
    )]
    [InlineData(
        "127.0.0.1 1 time",
        "'127.0.0.1' has no effect before the command 'time'. Remove it, or name a server by --target HOST:PORT."
    )]
    [InlineData(
        "--timeout 5 examples",
        "'--timeout' has no effect before the command 'examples'. Remove it."
    )]
    [InlineData("--json time", "Option '--json' must follow 'time'.")]
    [InlineData("--rate=5 bench", "Option '--rate' must follow 'bench'.")]
    [InlineData("--verison", "Unknown option '--verison'. Did you mean '--version'?")]
    [InlineData("echo --jsno", "Unknown option '--jsno'. Did you mean '--json'?")]
    [InlineData("--nonsense", "Unknown option '--nonsense'. Remove it.")]
    [InlineData("time --nonsense", "Unknown option '--nonsense'. Remove it.")]
    [InlineData("127.0.0.1 1 --nonsense=2", "Unknown option '--nonsense=2'. Remove it.")]
    [InlineData("completion bash --nonsense", "Unknown option '--nonsense'. Remove it.")]
    [InlineData("raw -x", "Unknown option '-x'. To pass it as <line>, put -- before it.")]
    [InlineData("send --json", "Unknown option '--json'. To pass it as <file>, put -- before it.")]
    [InlineData("examples -t here", "Unknown option '-t'. Remove it.")]
    [InlineData("time --color never", "Unknown option '--color'. Remove it.")]
    [InlineData("127.0.0.1 1 2", "Unexpected word '2'. Remove it.")]
    [InlineData("time now", "Unexpected word 'now'. Remove it.")]
    [InlineData("--timeout 1", "The host is missing. Give a host and a port, or a command.")]
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
    public async Task A_usage_error_is_one_line(string words, string sentence)
    {
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '));
        Assert.Equal((2, "", $"tinytcp: {sentence} See --help.\n"), (code, output, error));
    }

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

    [Theory]
    [InlineData("tinytcp", "tinytcp:1")]
    [InlineData("[fe80::1]", "[fe80::1]:1")]
    [InlineData("@file", "@file:1")]
    [InlineData("tiem", "tiem:1")]
    public async Task A_host_named_like_parser_syntax_is_a_host(string host, string target)
    {
        // With a cancelled token the program prints the first line and does not connect.
        var (code, output, _) = await CliRunner.RunAsync(
            [host, "1"],
            TimeProvider.System,
            new CancellationToken(canceled: true)
        );
        Assert.Equal((130, $"CONNECT to {target}\n"), (code, output));
    }
}
