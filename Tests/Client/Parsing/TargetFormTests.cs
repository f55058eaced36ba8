using System.Globalization;
using System.Net.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Parsing;

/// <summary>Each form of a command line that names a server, run.</summary>
public class TargetFormTests
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00\n";
    private const string Bench = "--warmup 0 --noise 0 -c 2";

    [Theory]
    [InlineData("HOST:PORT echo hi", "ECHO hi\n")]
    [InlineData("HOST PORT echo hi", "ECHO hi\n")]
    [InlineData("-t HOST:PORT echo hi", "ECHO hi\n")]
    [InlineData("echo -t HOST:PORT hi", "ECHO hi\n")]
    [InlineData("HOST:PORT time", Time)]
    [InlineData("HOST PORT time", Time)]
    [InlineData("time HOST:PORT", Time)]
    [InlineData("time HOST PORT", Time)]
    [InlineData("time -t HOST:PORT", Time)]
    [InlineData("HOST PORT TIME", Time)]
    [InlineData("Time HOST PORT", Time)]
    [InlineData("-t HOST:PORT EcHo TIME", "ECHO TIME\n")]
    [InlineData("HOST:PORT help", "HELP COMMANDS: ")]
    [InlineData("help HOST:PORT", "HELP COMMANDS: ")]
    [InlineData("help HOST PORT", "HELP COMMANDS: ")]
    [InlineData("HOST PORT raw time", Time)]
    [InlineData("HOST:PORT shell", Time)]
    [InlineData("shell HOST:PORT", Time)]
    [InlineData("shell HOST PORT", Time)]
    [InlineData("HOST PORT send", Time)]
    [InlineData("send - HOST:PORT", Time)]
    [InlineData("send - HOST PORT", Time)]
    [InlineData("HOST:PORT probe -c 1", "1 answered")]
    [InlineData("probe HOST:PORT -c 1", "1 answered")]
    [InlineData("probe -c 1 HOST PORT", "1 answered")]
    [InlineData($"HOST PORT bench -n 10 {Bench}", "10 replies")]
    [InlineData($"bench HOST:PORT -n 10 {Bench}", "10 replies")]
    [InlineData($"bench {Bench} -n 10 HOST PORT", "10 replies")]
    [InlineData("HOST:PORT", "-> ECHO Hello from client\n")]
    [InlineData("HOST PORT", "-> ECHO Hello from client\n")]
    public async Task A_server_by_position_is_asked(string words, string output)
    {
        await using var server = ReferenceServer.Start();
        var line = words
            .Replace("HOST", "127.0.0.1", StringComparison.Ordinal)
            .Replace("PORT", server.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        await AssertRunsAsync(line, output);
    }

    [Theory]
    [InlineData("PATH time")]
    [InlineData("time PATH")]
    [InlineData("PATH")]
    public async Task A_Unix_socket_by_position_is_asked(string words)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using (ReferenceServer.Start(new UnixDomainSocketEndPoint(path)))
        {
            await AssertRunsAsync(words.Replace("PATH", $"unix:{path}", StringComparison.Ordinal), Time);
        }

        File.Delete(path);
    }

    [Theory]
    [InlineData("tls://localhost:1", "tls://localhost:1")]
    [InlineData("[fe80::1]:1", "[fe80::1]:1")]
    [InlineData("[fe80::1] 1", "[fe80::1]:1")]
    [InlineData("fe80::1 1", "[fe80::1]:1")]
    [InlineData("tinytcp 1", "tinytcp:1")]
    [InlineData("tinytcp:1", "tinytcp:1")]
    [InlineData("@file 1", "@file:1")]
    [InlineData("tiem 1", "tiem:1")]
    public async Task A_server_is_understood(string words, string target)
    {
        // With a cancelled token the program prints the first line and does not connect.
        var (code, output, _) = await CliRunner.RunAsync(
            words.Split(' '),
            TimeProvider.System,
            new CancellationToken(canceled: true)
        );
        Assert.Equal((130, $"CONNECT to {target}\n"), (code, output));
    }

    [Theory]
    [InlineData("--json time")]
    [InlineData("time --json")]
    [InlineData("--timeout 5s time")]
    [InlineData("time --timeout 5000ms")]
    [InlineData("--color never time")]
    [InlineData("time --color never")]
    [InlineData("--color=always probe -c 1")]
    [InlineData("probe -c 1 --color=always")]
    [InlineData("--json probe -c 1")]
    [InlineData("--json send")]
    [InlineData("--color never examples")]
    [InlineData("examples --color never")]
    [InlineData("--timeout 1m --json --color never TIME")]
    public async Task Common_options_may_stand_before_and_behind_a_command(string words)
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Variables = { ["TINYTCP_TARGET"] = server.Address },
        };
        var (code, output, error) = await CliRunner.RunAsync(words.Split(' '), environment);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            words.Contains("json", StringComparison.Ordinal)
                && !words.Contains("send", StringComparison.Ordinal),
            output.StartsWith('{')
        );
    }

    private static async Task AssertRunsAsync(string words, string output)
    {
        var environment = new CliRunner.TestEnvironment { Input = WireBytes.Utf8("TIME\n") };
        var (code, printed, error) = await CliRunner.RunAsync(words.Split(' '), environment);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains(output, printed, StringComparison.Ordinal);
    }
}
