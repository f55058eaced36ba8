using TinyTcp.Tests.Client.Program;
using Xunit;

namespace TinyTcp.Tests.Client.Parsing;

/// <summary>Wrong command lines, and words that only look wrong: one sentence each.</summary>
public class ParseErrorTests
{
    [Theory]
    [InlineData("127.0.0.1:1", "Behind '127.0.0.1:1' the port is missing" + HostAndPortNeeded)]
    [InlineData("tiem", "Behind 'tiem' the port is missing" + HostAndPortNeeded)]
    [InlineData("127.0.0.1 1 -t x:1", "There are two targets: give a host and a port, or an option.")]
    [InlineData("host time", "'host' stands before the command 'time'" + NoEffectThere + OrTargetOption)]
    [InlineData(" time", "'' stands before the command 'time'" + NoEffectThere + OrTargetOption)]
    [InlineData(
        "127.0.0.1 1 time",
        "'127.0.0.1' stands before the command 'time'" + NoEffectThere + OrTargetOption
    )]
    [InlineData(
        "--timeout 5 examples",
        "'--timeout' stands before the command 'examples'" + NoEffectThere + "."
    )]
    [InlineData("--json time", "There is no option '--json' here: put it behind 'time'.")]
    [InlineData("--rate=5 bench", "There is no option '--rate=5' here: put it behind 'bench'.")]
    [InlineData("time --nonsense", "There is no option '--nonsense' here: leave it out.")]
    [InlineData("echo a\uFFFDb", NotUtf8)]
    [InlineData("send ", "The file is '': give a path, or - for the input.")]
    [InlineData("127.0.0.1 99999", "The port is '99999': give a whole number from 1 to 65535.")]
    [InlineData("127.0.0.1 -1", "The port is '-1': give a whole number from 1 to 65535.")]
    [InlineData("127.0.0.1 \u001B[2J", @"The port is '\x1B[2J': give a whole number from 1 to 65535.")]
    [InlineData("0.0.0.0 1", "The host is '0.0.0.0': give a host name, or an IP address such as 127.0.0.1.")]
    [InlineData("[x] 1", "The host is '[x]': give a host name, or an IP address such as 127.0.0.1.")]
    [InlineData("[] 1", "The host is '[]': give a host name, or an IP address such as 127.0.0.1.")]
    [InlineData("--nonsense", "There is no option '--nonsense' here: leave it out.")]
    [InlineData("127.0.0.1 1 --nonsense=2", "There is no option '--nonsense=2' here: leave it out.")]
    [InlineData("completion bash --nonsense", "There is no option '--nonsense' here: leave it out.")]
    [InlineData("raw -x", "There is no option '-x' here: put -- before a line that begins so.")]
    [InlineData("127.0.0.1 1 2", "The word '2' is one too many.")]
    [InlineData("examples -t here", "There is no option '-t' here: leave it out.")]
    [InlineData("send --json", "There is no option '--json' here: put -- before a file that begins so.")]
    [InlineData("time --color never", "There is no option '--color' here: leave it out.")]
    [InlineData("-t here time", "The target is 'here': give HOST:PORT, tls://HOST:PORT or unix:PATH.")]
    [InlineData(
        "bench --goal q",
        "The goal is 'q': give one such as p99<5ms, max<1s, mean<200us or rate>10000."
    )]
    [InlineData("--timeout 1", "The host is missing: give a host and a port, or a command.")]
    [InlineData("127.0.0.1 1 --timeout", "Required argument missing for option: '--timeout'.")]
    [InlineData("127.0.0.1 1 --timeout 0", TimeoutIs + "'0'" + TimeoutBounds)]
    [InlineData("127.0.0.1 1 --timeout -5", TimeoutIs + "'-5'" + TimeoutBounds)]
    [InlineData("127.0.0.1 1 --timeout soon", TimeoutIs + "'soon'" + TimeoutBounds)]
    [InlineData("127.0.0.1 1 --timeout NaN", TimeoutIs + "'NaN'" + TimeoutBounds)]
    public async Task A_usage_error_is_one_line(string words, string sentence)
    {
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '));
        Assert.Equal((2, "", $"tinytcp: {sentence} See --help.\n"), (code, output, error));
    }

    [Theory]
    [InlineData("tinytcp", "CONNECT to tinytcp:x")]
    [InlineData("[fe80::1]", "CONNECT to [fe80::1]:x")]
    [InlineData("@file", "CONNECT to @file:x")]
    public async Task A_host_named_like_parser_syntax_is_a_host(string host, string expected)
    {
        // Already cancelled: the line is printed, and nobody is called.
        var (code, output, _) = await CliRunner.RunAsync(
            [host, "1"],
            TimeProvider.System,
            new CancellationToken(canceled: true)
        );
        Assert.Equal((130, expected.Replace(":x", ":1\n", StringComparison.Ordinal)), (code, output));
    }

    private const string HostAndPortNeeded = ": give a command, or a host and a port as two words.";
    private const string NoEffectThere = ", where it has no meaning: leave it out";
    private const string OrTargetOption = ", or give a server as --target HOST:PORT.";
    private const string NotUtf8 =
        "The text has U+FFFD, or bytes that are not UTF-8: convert it, or send it as it is by 'send'.";
    private const string TimeoutIs = "The time-out is ";
    private const string TimeoutBounds = ": give a number of seconds from 0.001 to 86400.";
}
