using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Send;

/// <summary><c>tinytcp send</c>; the tests of Batch cover faulty servers.</summary>
public class SendTests
{
    [Theory]
    [InlineData("TIME\nECHO hi\nQUIT\n", "TIME 2025-09-12T17:24:13-05:00\nECHO hi\nBYE\n")]
    [InlineData("\n \nECHO last line without its end", "ECHO last line without its end\n")]
    [InlineData("", "")]
    public async Task Replies_are_printed_in_order(string requests, string replies)
    {
        await using var server = ReferenceServer.Start();
        Assert.Equal((0, replies, ""), await SendAsync(server, new() { Input = WireBytes.Utf8(requests) }));
    }

    [Fact]
    public async Task An_error_reply_sets_the_exit_code_and_all_replies_are_printed()
    {
        await using var server = ReferenceServer.Start();
        var (code, output, error) = await SendAsync(
            server,
            new() { Input = WireBytes.Utf8("ECHO 1\nECHO\nECHO 2\nx\n") }
        );
        Assert.Equal((1, "ECHO 1\nERROR BAD_ARGUMENTS\nECHO 2\nERROR UNKNOWN_COMMAND\n"), (code, output));
        Assert.Contains("'BAD_ARGUMENTS'", error, StringComparison.Ordinal);
        Assert.EndsWith(" (replies: 4, of which errors: 2)\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_reads_a_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, "ECHO from a file\n");
            await using var server = ReferenceServer.Start();
            Assert.Equal((0, "ECHO from a file\n", ""), await SendAsync(server, new(), file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_missing_file_is_an_input_error()
    {
        await using var server = ReferenceServer.Start();
        var (code, output, error) = await SendAsync(server, new(), "/no/such/\u001B[31mfile");
        Assert.Equal((ExitCodes.IoFailed.Code, ""), (code, output));
        Assert.Contains(@"\x1B[31mfile", error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001B', error);
    }

    [Fact]
    public async Task On_a_terminal_replies_are_escaped()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Input = WireBytes.Utf8("ECHO \x1B[2J\nECHO ü\n"),
            Terminal = Terminal.None with { HasOutput = true },
        };
        Assert.Equal((0, "ECHO \\x1B[2J\nECHO ü\n", ""), await SendAsync(server, environment));
        Assert.Equal((0, "ECHO \x1B[2J\nECHO ü\n", ""), await SendAsync(server, environment, "--raw"));
    }

    private static Task<(int Code, string Output, string Error)> SendAsync(
        FakeServer server,
        CliRunner.TestEnvironment environment,
        params string[] more
    ) => CliRunner.RunAsync(["-t", server.Address, "send", .. more], environment);
}
