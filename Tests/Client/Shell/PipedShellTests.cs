using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The shell without a terminal, or on a dumb one: lines in, replies out.</summary>
public sealed class PipedShellTests : IDisposable
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00";

    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-shell-").FullName;

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Theory]
    [InlineData("TIME\n\nECHO \u001b[2J\nQUIT\nTIME\n", 0, Time + "\nECHO \u001b[2J\nBYE\n")]
    [InlineData("TIME\nExit\nTIME\n", 0, Time + "\nBYE\n")]
    [InlineData("nonsense\nTIME\n", 1, "ERROR UNKNOWN_COMMAND\n" + Time + "\n")]
    [InlineData("\u00A0\n \t\n", 1, "ERROR UNKNOWN_COMMAND\n")]
    [InlineData("", 0, "")]
    public async Task Without_a_terminal_only_replies_are_printed(string input, int code, string output)
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Input = WireBytes.Utf8(input),
            Variables = { ["XDG_STATE_HOME"] = state },
        };
        var (exitCode, printed, _) = await CliRunner.RunAsync(["shell", "-t", server.Address], environment);
        Assert.Equal((code, output), (exitCode, printed));
        Assert.Empty(Directory.GetFileSystemEntries(state));
    }

    [Fact]
    public async Task A_dumb_terminal_gets_a_prompt_for_each_line()
    {
        await using var server = ReferenceServer.Start();
        var environment = new CliRunner.TestEnvironment
        {
            Input = WireBytes.Utf8("TIME\n\nECHO x\n"),
            Terminal = Terminal.None with { HasInput = true, HasOutput = true, HasError = true },
            Variables = { ["TERM"] = "dumb" },
        };
        var prompt = $"{server.Address}> ";
        var (_, output, _) = await CliRunner.RunAsync(["shell", "-t", server.Address], environment);
        Assert.Equal($"{prompt}{Time}\n{prompt}ECHO x\n{prompt}\n", output);
    }
}
