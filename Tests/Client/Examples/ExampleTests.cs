using TinyTcp.Cli.Examples;
using TinyTcp.Cli.Parsing;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Examples;

/// <summary>The examples, run by a real shell with the real program.</summary>
[Trait("Category", "Program")]
public class ExampleTests
{
    public static TheoryData<string> CommandLines =>
        [.. ExampleTable.Rows.Select(static row => row.CommandLine)];

    [Theory]
    [MemberData(nameof(CommandLines))]
    public async Task An_example_prints_its_documented_output(string commandLine)
    {
        var example = ExampleTable.Rows.Single(row => row.CommandLine == commandLine);
        await using var server = ReferenceServer.Start();
        var (exitCode, output, error) = await ShellAsync(WithAddress(server, commandLine), server);

        Assert.Equal("", error);
        Assert.Equal(0, exitCode);
        example.Output.Iter(expected => Assert.Equal(WithAddress(server, expected), output));
        Assert.NotEmpty(output);
    }

    [Fact]
    public async Task The_examples_command_prints_every_example()
    {
        var (code, output, _) = await CliRunner.RunAsync("examples");
        Assert.Equal((0, ExampleTable.Format()), (code, output));
    }

    /// <summary>The command that starts the program, for a shell.</summary>
    internal static string Client =>
        string.Join(' ', ProgramProcess.Command(ProgramProcess.Client).Select(static word => $"'{word}'"));

    /// <summary>Runs a script that calls the program by its name, with the server as its default target.</summary>
    internal static Task<(int ExitCode, string Output, string Error)> ShellAsync(
        string script,
        FakeServer server,
        string shell = "sh"
    ) =>
        ProgramProcess.RunScript(
            shell,
            $"export {ConnectionOptions.TargetVariable}={server.Address}; tinytcp() {{ {Client} \"$@\"; }}\n{script}"
        );

    private static string WithAddress(FakeServer server, string text) =>
        text.Replace(ConnectionOptions.DefaultTarget, server.Address, StringComparison.Ordinal);
}
