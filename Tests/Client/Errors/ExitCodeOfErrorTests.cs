using System.Globalization;
using TinyTcp.Cli.Errors;
using Xunit;

namespace TinyTcp.Tests.Client.Errors;

/// <summary>Each error of a connection has its exit code, and is one line on standard error.</summary>
public class ExitCodeOfErrorTests
{
    [Fact]
    public async Task An_unresolved_name_exits_with_4() =>
        AssertError(
            ExitCodes.NameResolutionFailed,
            "no-such-host.invalid",
            await CliRunner.RunAsync("no-such-host.invalid", "40000")
        );

    [Fact]
    public async Task A_lost_connection_exits_with_5()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
        {
            await connection.ReadLineAsync();
            await connection.SendAsync("TIME 20");
        });
        AssertError(ExitCodes.ConnectionLost, "", await RunAsync(server.Port));
    }

    [Fact]
    public async Task A_protocol_violation_exits_with_7_and_is_escaped()
    {
        await using var server = FakeServer.StartWithReplies("TIME \x1B[2J\n");
        var result = await RunAsync(server.Port);
        AssertError(ExitCodes.ProtocolError, @"'TIME \x1B[2J'", result);
        Assert.EndsWith("<- TIME \\x1B[2J\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_goodbye_exits_with_8()
    {
        await using var server = FakeServer.Start(static connection =>
            connection.SendAsync("ERROR SERVER_BUSY\n")
        );
        AssertError(ExitCodes.Goodbye, "SERVER_BUSY", await RunAsync(server.Port));
    }

    [Fact]
    public async Task An_error_reply_exits_with_1()
    {
        await using var server = FakeServer.StartWithReplies("ERROR OUT_OF_TEA\n");
        AssertError(ExitCodes.ErrorReply, "'OUT_OF_TEA'", await RunAsync(server.Port));
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(int port) =>
        CliRunner.RunAsync("127.0.0.1", port.ToString(CultureInfo.InvariantCulture));

    private static void AssertError(
        ExitCode expected,
        string quoted,
        (int Code, string Output, string Error) result
    )
    {
        Assert.Equal(expected.Code, result.Code);
        Assert.StartsWith("tinytcp: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(quoted, result.Error, StringComparison.Ordinal);
        Assert.Equal(result.Error.Length - 1, result.Error.IndexOf('\n', StringComparison.Ordinal));
    }
}
