using TinyTcp.Tests.Client;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>
/// The client with its standard streams closed or at their limits: it ends with a documented exit code, and
/// output that was lost is no success.
/// </summary>
[Trait("Category", "Program")]
public sealed class ClosedDescriptorTests(ITestOutputHelper output)
{
    private const int Success = 0;
    private const int Usage = 2;
    private const int IoFailed = 10;

    // All for the native programs, which start fast; else some in which each stream is open and closed.
    private static readonly string[] Combinations = ProgramProcess.IsServerOverridden
        ? ["", "0", "1", "2", "01", "02", "12", "012"]
        : ["", "0", "12", "012"];

    [Theory]
    [InlineData("time", false)]
    [InlineData("echo hi", false)]
    [InlineData("echo", true)]
    [InlineData("send", true)]
    [InlineData("probe -c 1", false)]
    [InlineData("bench --duration 0.1 --warmup 0 --noise 0 --connections 1", false)]
    [InlineData("shell", true)]
    [InlineData("--help", false)]
    [InlineData("--version", false)]
    [InlineData("time --wrong", false)]
    public async Task Closed_streams_give_a_documented_exit_code(string command, bool readsInput)
    {
        await using var server = ReferenceServer.Start();
        var runs = Combinations.Select(closed =>
            $"echo ECHO hi | {{ timeout 60 {ExampleTests.Client} {command} >$out {string.Concat(closed.Select(Close))}; echo \"'{closed}' $? $(wc -c <$out)\"; }}"
        );
        var (_, table, _) = await ExampleTests.ShellAsync(
            $"out=$(mktemp)\n{string.Join('\n', runs)}\nrm $out",
            server
        );
        output.WriteLine($"{command}: closed, exit code, bytes of output\n{table}");

        Assert.Equal(
            Combinations.Select(closed => $"'{closed}' {Expected(command, readsInput, closed)}"),
            table.Split('\n')[..^1].Select(static row => row[..row.LastIndexOf(' ')])
        );
        Assert.All(
            table
                .Split('\n')[..^1]
                .Where(static row => row.Contains($" {Success} ", StringComparison.Ordinal)),
            static row => Assert.False(row.EndsWith(" 0", StringComparison.Ordinal), row)
        );
    }

    [Theory]
    [InlineData("time")]
    [InlineData("probe -c 1")]
    [InlineData("bench --duration 0.1 --warmup 0 --noise 0 --connections 1")]
    [InlineData("--help")]
    [InlineData("--version")]
    public async Task An_output_at_the_file_size_limit_or_on_a_full_disk_is_IO_FAILED(string command)
    {
        await using var server = ReferenceServer.Start();
        var (_, codes, error) = await ExampleTests.ShellAsync(
            $"""
            out=$(mktemp)
            tinytcp {command} >/dev/full; echo $?
            # .NET without it needs a large file in memory; the native program does not.
            export DOTNET_EnableWriteXorExecute=0
            (ulimit -f 0; tinytcp {command} >$out); echo $?
            rm $out
            """,
            server
        );
        Assert.Equal($"{IoFailed}\n{IoFailed}\n", codes);
        Assert.All(
            error.Split('\n')[..^1],
            static line =>
                Assert.StartsWith("tinytcp: The output cannot be written (", line, StringComparison.Ordinal)
        );
    }

    private static string Close(char descriptor) => descriptor == '0' ? "<&- " : $"{descriptor}>&- ";

    private static int Expected(string command, bool readsInput, string closed) =>
        command.Contains("--wrong", StringComparison.Ordinal) ? Usage
        : closed.Contains('1', StringComparison.Ordinal) ? IoFailed
        : readsInput && closed.Contains('0', StringComparison.Ordinal) ? IoFailed
        : Success;
}
