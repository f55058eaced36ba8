using TinyTcp.Cli.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Requests;

/// <summary><c>tinytcp echo</c> without a text: each line of the input is one.</summary>
public class RequestInputTests
{
    [Fact]
    public async Task Without_a_text_each_line_of_the_input_is_echoed()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment { Input = WireBytes.Utf8("one\ntwo\r\ndrei ü\n") };
        Assert.Equal(
            (0, "ECHO one\nECHO two\nECHO drei ü\n", ""),
            await RunAsync(server, "echo", environment)
        );
    }

    [Fact]
    public async Task Input_that_is_not_UTF_8_is_an_error_after_the_lines_before_it()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment { Input = WireBytes.Bytes("one\n\xFF\n") };
        var (code, output, error) = await RunAsync(server, "echo", environment);
        Assert.Equal((ExitCodes.Usage.Code, "ECHO one\n"), (code, output));
        Assert.StartsWith("tinytcp: The input is not UTF-8.", error, StringComparison.Ordinal);
    }

    /// <summary>F-1.</summary>
    [Fact]
    public async Task Only_LF_ends_a_line_of_the_input()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Input = WireBytes.Utf8("one\rtwo\u2028three\nfour"),
        };
        Assert.Equal(
            (0, "ECHO one\rtwo\u2028three\nECHO four\n", ""),
            await RunAsync(server, "echo", environment)
        );
    }

    /// <summary>F-3.</summary>
    [Fact]
    public async Task Blank_lines_of_the_input_are_skipped()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment { Input = WireBytes.Utf8("one\n\n \t\r\ntwo\n") };
        Assert.Equal((0, "ECHO one\nECHO two\n", ""), await RunAsync(server, "echo", environment));
    }

    /// <summary>L-1.</summary>
    [Fact]
    public async Task A_line_of_the_maximum_length_is_echoed()
    {
        var line = $"ECHO {new string('x', (int)LimitTable.MaxLine.Max - "ECHO ".Length)}";
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            for (var left = line.Length + 1; left > 0; )
            {
                left -= (await connection.ReceiveAsync()).Length;
            }

            await connection.SendAsync($"{line}\n");
        });
        var text = new CliRunner.TestEnvironment { Input = WireBytes.Utf8(line["ECHO ".Length..]) };
        var request = new CliRunner.TestEnvironment { Input = WireBytes.Utf8(line) };
        Assert.Equal((0, $"{line}\n", ""), await RunAsync(server, "echo", text));
        Assert.Equal((0, $"{line}\n", ""), await RunAsync(server, "send", request));
    }

    [Theory]
    [InlineData("echo")]
    [InlineData("echo --json")]
    public async Task A_goodbye_between_two_requests_answers_the_second(string words)
    {
        await using var server = FakeServer.StartWithReplies("ECHO one\nERROR SHUTTING_DOWN\n");
        var environment = new CliRunner.TestEnvironment { Input = WireBytes.Utf8("one\ntwo\n") };
        var (code, output, _) = await RunAsync(server, words, environment);
        Assert.Equal(ExitCodes.Goodbye.Code, code);
        Assert.Equal(
            ["ECHO one", "ERROR SHUTTING_DOWN"],
            output
                .Split('\n')[..^1]
                .Select(static line =>
                    line[0] == '{' ? (string?)JsonSchemas.AssertValid("answer", line)["reply"] : line
                )
        );
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(
        FakeServer server,
        string words,
        CliRunner.TestEnvironment environment
    ) => CliRunner.RunAsync(["-t", server.Address, .. words.Split(' ')], environment);
}
