using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Client;
using TinyTcp.Tests.Client.Examples;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary><c>probe</c> and <c>bench</c> as processes: paused, interrupted, and with a full disk.</summary>
[Trait("Category", "Program")]
public sealed class StatisticsTests
{
    private const string FastBench = "bench --connections 1 --duration 0.1 --warmup 0 --noise 0";

    [Theory]
    [InlineData(FastBench)]
    [InlineData("probe -c 1")]
    public async Task A_reply_that_arrives_while_the_process_is_stopped_is_no_timeout(string words)
    {
        var requested = NewSignal();
        var stopped = NewSignal();
        var answered = NewSignal();
        await using var server = FakeServer.StartWithGreeting(async connection =>
        {
            // The first connection of bench finds the address and requests nothing.
            while (await connection.ReadLineAsync() is { Length: > 0 } request)
            {
                requested.TrySetResult();
                await stopped.Task;
                await connection.SendAsync(request == "QUIT" ? "BYE\n" : $"{request}\n");
                answered.TrySetResult();
            }
        });
        var timeout = TimeSpan.FromSeconds(2);
        using var program = ProgramProcess.Start(
            ProgramProcess.Client,
            [.. words.Split(' '), "-t", server.Address, "--timeout", $"{timeout.TotalSeconds}"]
        );
        await requested.Task;
        await SignalAsync(program, "STOP");
        stopped.SetResult();
        await answered.Task;
        await Task.Delay(timeout * 1.25);
        await SignalAsync(program, "CONT");
        Assert.Equal((0, ""), (await program.WaitForExit(), await program.Error.ReadToEndAsync()));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--csv")]
    public async Task Ctrl_C_leaves_whole_lines(string form)
    {
        await using var server = ReferenceServer.Start();
        using var program = ProgramProcess.Start(
            ProgramProcess.Client,
            ["probe", "-i", "0.002", form, "-t", server.Address]
        );
        var lines = new List<string>();
        while (lines.Count < 20 && await program.Output.ReadLineAsync() is { } line)
        {
            lines.Add(line);
        }

        program.Signal(PosixSignal.SIGINT);
        var rest = await program.Output.ReadToEndAsync();
        Assert.Equal(0, await program.WaitForExit());
        Assert.True(rest.Length == 0 || rest[^1] == '\n', rest);
        Assert.All(
            lines.Concat(rest.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
            line =>
            {
                if (form == "--json")
                {
                    JsonSchemas.AssertValid("probe", line);
                }
                else
                {
                    Assert.Equal(10, line.Split(',').Length);
                }
            }
        );
    }

    [Theory]
    [InlineData("probe -c 2 --json")]
    [InlineData("probe -c 2 --csv")]
    [InlineData("probe -c 2")]
    [InlineData(FastBench)]
    [InlineData($"{FastBench} --json")]
    public async Task A_full_disk_is_IO_FAILED(string words)
    {
        await using var server = ReferenceServer.Start();
        var (code, _, error) = await ExampleTests.ShellAsync($"tinytcp {words} >/dev/full", server);
        Assert.Equal(10, code);
        Assert.StartsWith("tinytcp: The output cannot be written (", error, StringComparison.Ordinal);
    }

    private static TaskCompletionSource NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task SignalAsync(ProgramProcess program, string signal)
    {
        var id = program.Id.ToString(CultureInfo.InvariantCulture);
        using var kill = Process.Start("kill", [$"-{signal}", id]);
        await kill.WaitForExitAsync();
    }
}
