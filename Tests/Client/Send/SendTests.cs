using System.Text.Json.Nodes;
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
            new() { Input = WireBytes.Utf8("ECHO 1\n\n \nECHO\nECHO 2\nx\n") }
        );
        Assert.Equal((1, "ECHO 1\nERROR BAD_ARGUMENTS\nECHO 2\nERROR UNKNOWN_COMMAND\n"), (code, output));
        Assert.StartsWith("tinytcp: -:4: Error 'BAD_ARGUMENTS' ", error, StringComparison.Ordinal);
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

    [Theory]
    [InlineData("nonsense\n", "Protocol violation: ")]
    [InlineData("ERROR SHUTTING_DOWN\n", "The server ")]
    [InlineData("", "Connection ")]
    public async Task An_error_that_ends_the_batch_names_the_line_of_the_request_without_a_reply(
        string instead,
        string message
    )
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "ECHO 1\n\nECHO 2\n");
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            while (await connection.ReadLineAsync() != "ECHO 2") { }

            await connection.SendAsync($"ECHO 1\n{instead}");
            await connection.FinishAsync();
        });
        var (_, output, error) = await SendAsync(server, new(), file, "--json");
        File.Delete(file);
        Assert.StartsWith($"tinytcp: {file}:3: {message}", error, StringComparison.Ordinal);
        var answers = ReadObjects(output);
        Assert.Equal([1, 3], answers.Select(static answer => (int?)answer["inputLine"]));
        Assert.Null(answers[0]["error"]);
        Assert.NotNull(answers[1]["error"]);
    }

    [Fact]
    public async Task JSON_has_one_object_per_reply()
    {
        await using var server = ReferenceServer.Start();
        var input = WireBytes.Utf8("ECHO one\n\nECHO\nQUIT\n");
        var (code, output, _) = await SendAsync(server, new() { Input = input }, "--json");
        Assert.Equal(1, code);
        var answers = ReadObjects(output);
        Assert.Equal([1, 3, 4], answers.Select(static answer => (int?)answer["inputLine"]));
        Assert.Equal(["ECHO", "ERROR", "BYE"], answers.Select(static answer => (string?)answer["verb"]));
        Assert.Equal(
            [null, "BAD_ARGUMENTS", null],
            answers.Select(static answer => (string?)answer["error"]?["code"])
        );
    }

    [Theory]
    [InlineData("send", "requests")]
    [InlineData("echo", "texts")]
    public async Task On_a_terminal_input_is_announced(string command, string content)
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Input = WireBytes.Utf8("TIME\n"),
            Terminal = Terminal.None with { HasInput = true, HasError = true },
        };
        var (code, _, error) = await CliRunner.RunAsync(["-t", server.Address, command], environment);
        Assert.Equal((0, $"Reading {content} from the terminal; Ctrl-D ends.\n"), (code, error));
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

    private static JsonNode[] ReadObjects(string output) =>
        [.. output.Split('\n')[..^1].Select(static line => JsonSchemas.AssertValid("answer", line))];
}
