using System.Diagnostics;
using TinyTcp.Cli;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>Each worked example prints what it says, in a real shell with the real program.</summary>
[Trait("Category", "Program")]
public class ExampleTests
{
    public static TheoryData<string> CommandLines =>
        [.. ExampleTable.Rows.Select(static row => row.CommandLine)];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task An_example_does_what_it_says(string commandLine)
    {
        var example = ExampleTable.Rows.Single(row => row.CommandLine == commandLine);
        await using var server = Truthful.Server();
        var (exitCode, output, error) = await ShellAsync(At(server, commandLine), server);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        example.Output.Iter(expected => Assert.Equal(At(server, expected), output));
        Assert.NotEmpty(output);
    }

    [Fact]
    public async Task All_of_them_are_printed()
    {
        var (code, output, _) = await Invoked.RunAsync("examples");
        Assert.Equal((0, ExampleTable.Show()), (code, output));
    }

    /// <summary>The words that start the program, for a shell.</summary>
    internal static string Client =>
        string.Join(' ', ProgramProcess.Command(ProgramProcess.Client).Select(static word => $"'{word}'"));

    /// <summary>Runs a script in which the program goes by its name.</summary>
    internal static async Task<(int ExitCode, string Output, string Error)> ShellAsync(
        string script,
        Peer server,
        string shell = "sh"
    )
    {
        var start = new ProcessStartInfo(shell, ["-c", $"tinytcp() {{ {Client} \"$@\"; }}\n{script}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { [CallOptions.Variable] = server.Address },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static string At(Peer server, string text) =>
        text.Replace(CallOptions.Default, server.Address, StringComparison.Ordinal);
}
