using TinyTcp.Cli.Display;
using TinyTcp.Tests.Client.Program;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Interactive;

/// <summary>The shell where there is no terminal, or one that can do nothing: lines in, replies out.</summary>
public sealed class ShellPlainTests : IDisposable
{
    private const string Time = "TIME 2025-09-12T17:24:13-05:00";

    private readonly string state = Directory.CreateTempSubdirectory("tinytcp-shell-").FullName;

    public void Dispose() => Directory.Delete(state, recursive: true);

    [Theory]
    [InlineData("TIME\n\nECHO \u001b[2J\nQUIT\nTIME\n", 0, Time + "\nECHO \u001b[2J\nBYE\n")]
    [InlineData("nonsense\nTIME\n", 1, "ERROR UNKNOWN_COMMAND\n" + Time + "\n")]
    [InlineData("\u00A0\n \t\n", 1, "ERROR UNKNOWN_COMMAND\n")]
    [InlineData("", 0, "")]
    public async Task Without_a_terminal_replies_are_all_that_is_printed(
        string input,
        int code,
        string output
    )
    {
        await using var server = Truthful.Server();
        var world = new Invoked.World
        {
            Input = WireBytes.Utf8(input),
            Variables = { ["XDG_STATE_HOME"] = state },
        };
        var (ended, printed, _) = await Invoked.RunAsync(["shell", "-t", server.Address], world);
        Assert.Equal((code, output), (ended, printed));
        Assert.Empty(Directory.GetFileSystemEntries(state));
    }

    [Fact]
    public async Task A_terminal_that_can_do_nothing_is_asked_for_each_line()
    {
        await using var server = Truthful.Server();
        var world = new Invoked.World
        {
            Input = WireBytes.Utf8("TIME\n\nECHO x\n"),
            Terminal = Terminal.None with { Input = true, Output = true, Error = true },
            Variables = { ["TERM"] = "dumb" },
        };
        var prompt = $"{server.Address}> ";
        var (_, output, _) = await Invoked.RunAsync(["shell", "-t", server.Address], world);
        Assert.Equal($"{prompt}{Time}\n{prompt}ECHO x\n{prompt}\n", output);
    }
}
