using TinyTcp.Cli.Errors;
using Xunit;

namespace TinyTcp.Tests.Client.Replay;

/// <summary><c>tinytcp replay</c> against servers that are right, and wrong in one way each.</summary>
public sealed class ReplayTests : IDisposable
{
    private const string Greeting = "CONNECT to example.org:1\n<- WELCOME, <text>\n";

    private readonly string folder = Directory.CreateTempSubdirectory("tinytcp-replay-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Files_that_the_server_repeats_are_the_same()
    {
        await using var server = ReferenceServer.Start();
        var first = Write(
            "first",
            $"{Greeting}<? NOTICE <text>\n-> TIME\n<- TIME <time>\n-> ECHO \\x00\\xC2\\xA7\n<- ECHO \\x00§\n-> QUIT\n<- BYE\nCLOSED\n"
        );
        var second = Write(
            "second",
            $"{Greeting}-> ECHO 1\\x0AECHO 2\\x0AEC\\c\n<- ECHO 1\n<- ECHO 2\n+0.050 -> HO 3\n<- ECHO 3\n-> TI\\c\nFINISH\n<- ERROR UNTERMINATED_LINE\nCLOSED\n"
        );
        Assert.Equal(
            (0, $"{first}: same\n{second}: same\n", ""),
            await CliRunner.RunAsync("replay", first, second, server.Address)
        );
    }

    [Fact]
    public async Task A_transcript_with_a_clock_of_its_own_accepts_any_time_of_a_server_but_not_of_the_core()
    {
        await using var server = ReferenceServer.Start();
        var path = Write(
            "clock",
            $"now: 2001-02-03T04:05:06+00:00\n{Greeting}-> TIME\n<- TIME 2001-02-03T04:05:06+00:00\n+1.5 -> TIME\n<- TIME 2001-02-03T04:05:07+00:00\n"
        );
        Assert.Equal((0, $"{path}: same\n", ""), await CliRunner.RunAsync("replay", "--core", path));
        Assert.Equal(0, (await CliRunner.RunAsync("replay", path, server.Address)).Code);

        var other = Write("other", $"{Greeting}-> TIME\n<- TIME 2001-02-03T04:05:06+00:00\n");
        Assert.Equal(
            ExitCodes.Mismatch.Code,
            (await CliRunner.RunAsync("replay", other, server.Address)).Code
        );
    }

    [Fact]
    public async Task A_difference_is_shown_below_the_request_with_a_mark_under_the_first_other_character()
    {
        await using var server = FakeServer.StartWithReplies("ECHO h\u00E9y\u001b\n");
        var path = Write("different", $"{Greeting}-> ECHO hello\n<- ECHO hello\n");
        var (code, output, error) = await CliRunner.RunAsync("replay", path, server.Address);
        Assert.Equal((ExitCodes.Mismatch.Code, ""), (code, error));
        Assert.Equal(
            $"""
            {path}: 1 difference
            {path}:4: different
                -> ECHO hello
              - <- ECHO hello
              + <- ECHO h\xE9y\x1B
                         ^

            """,
            output
        );
    }

    [Theory]
    [InlineData("", "missing", "silence")]
    [InlineData("ECHO ", "different", @"<- ECHO \c")]
    [InlineData("ECHO b\n", "different", "<- ECHO b")]
    [InlineData("NOTICE\nECHO a\n", "extra", "<- NOTICE")]
    public async Task What_a_server_does_instead_has_a_kind(string sent, string kind, string got)
    {
        await using var server = FakeServer.StartWithReplies(sent);
        await AssertDifferent(server.Address, "-> ECHO a\n<- ECHO a\n", kind, 4, got);
    }

    [Fact]
    public async Task A_reply_after_its_time_is_late()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
        {
            await connection.ReadLineAsync();
            await connection.ReadLineAsync();
            await connection.SendAsync("ECHO a\nECHO b\n");
            await connection.WaitForCloseAsync();
        });
        await AssertDifferent(
            server.Address,
            "-> ECHO a\n+0.010 <- ECHO a\n-> ECHO b\n<- ECHO b\n",
            "late",
            4,
            "<- ECHO a"
        );
    }

    [Fact]
    public async Task A_close_before_a_reply_and_one_that_does_not_come_are_told_apart()
    {
        await using var closing = FakeServer.StartWithGreeting(static async connection =>
        {
            await connection.ReadLineAsync();
            await connection.FinishAsync();
        });
        await AssertDifferent(closing.Address, "-> QUIT\n<- BYE\nCLOSED\n", "closed", 4, "CLOSED");

        await using var open = FakeServer.StartWithReplies("BYE\n");
        await AssertDifferent(open.Address, "-> QUIT\n<- BYE\nCLOSED\n", "still open", 5, "silence");
    }

    [Fact]
    public async Task A_reset_is_not_a_close()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
        {
            await connection.ReadLineAsync();
            connection.Reset();
        });
        await AssertDifferent(server.Address, "-> QUIT\n<- BYE\nCLOSED\n", "reset", 4, "RESET");
    }

    [Fact]
    public async Task A_server_that_floods_and_never_reads_ends_the_replay()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
        {
            while (true)
            {
                await connection.SendAsync(new string('x', 100_000));
            }
        });
        var path = Write(
            "flood",
            $"{Greeting}-> {string.Join("\\x0A", Enumerable.Repeat("ECHO a", 10))}\n<- ECHO a\nFINISH\nCLOSED\n"
        );
        Assert.Equal(
            ExitCodes.Mismatch.Code,
            (await CliRunner.RunAsync("replay", path, server.Address, "--timeout", "200ms")).Code
        );
    }

    [Theory]
    [InlineData("HELLO\n", ":1:1: expected ")]
    [InlineData("max-line: 1\n", ":1:11: expected 64 to 16m, ")]
    [InlineData("CONNECT to h:1\n-> a\\q\n", @":2:5: expected no other escapes than \xNN")]
    public async Task An_invalid_file_is_an_error_with_line_and_column(string content, string expected)
    {
        var path = Write("invalid", content);
        var (code, output, error) = await CliRunner.RunAsync("replay", path);
        Assert.Equal((ExitCodes.IoFailed.Code, ""), (code, output));
        Assert.StartsWith($"tinytcp: {path}{expected}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_and_a_missing_server_are_errors()
    {
        var missing = Path.Combine(folder, "missing");
        var (code, _, error) = await CliRunner.RunAsync("replay", missing);
        Assert.Equal(ExitCodes.IoFailed.Code, code);
        Assert.Contains("no such file", error, StringComparison.Ordinal);

        var path = Write("present", Greeting);
        Assert.Equal(
            ExitCodes.ConnectFailed.Code,
            (await CliRunner.RunAsync("replay", path, "127.0.0.1", $"{FakeServer.UnusedPort()}")).Code
        );
    }

    private async Task AssertDifferent(string server, string lines, string kind, int line, string got)
    {
        var path = Write(kind, $"{Greeting}{lines}");
        var (code, output, error) = await CliRunner.RunAsync(
            "replay",
            path,
            server,
            "--json",
            "--timeout",
            "200ms"
        );
        Assert.Equal((ExitCodes.Mismatch.Code, ""), (code, error));
        var mismatch = Assert.Single(JsonSchemas.AssertValid("replay", output)["mismatches"]!.AsArray())!;
        Assert.Equal(
            (kind, line, got),
            ((string?)mismatch["kind"], (int?)mismatch["line"], (string?)mismatch["got"])
        );
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(folder, $"{name}.transcript");
        File.WriteAllText(path, content);
        return path;
    }
}
