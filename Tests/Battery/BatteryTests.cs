using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Battery;

/// <summary>
/// Attacks and loads on a server process. After each, the server must answer a probe at once and must have released
/// memory and descriptors.
/// </summary>
[Trait("Category", "Battery")]
public sealed class BatteryTests(ITestOutputHelper output)
{
    // In KiB. The JIT compiler keeps 5 to 7 MiB after the first load, and nothing more after later ones.
    internal const int MaxMemoryGrowth = 8 * 1_024;
    private static readonly TimeSpan SettleTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxProbe = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names { get; } = [.. TrialTable.Rows.Select(static trial => trial.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task After_a_trial_the_server_answers_a_probe_and_leaks_no_memory_or_descriptors(string name)
    {
        var trial = TrialTable.Rows.Single(row => row.Name == name);
        var scale = Scale.Requested;
        using var server = await ServerProcess.Start(trial);
        var before = await WarmUp(server, trial, scale);
        try
        {
            var figures = await trial
                .Run(server, scale)
                .WaitAsync(scale.IsFull ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(3));
            CheckLog(server, scale);
            Report(
                trial,
                $"{figures} | {(server.IsStopping ? "stopped | |" : await CheckAfter(server, before, scale))}"
            );
        }
        catch (Exception exception)
        {
            Report(trial, $"FAILED: {exception.Message.ReplaceLineEndings(" ")} | | |");
            throw;
        }
    }

    /// <summary>Runs the trial at brief scale, so that loaded code and grown tables do not count as leaks.</summary>
    private static async Task<Footprint> WarmUp(ServerProcess server, Trial trial, Scale scale)
    {
        var descriptors = int.MaxValue;
        for (var count = 0; count < 20; count++)
        {
            await server.Probe();
            descriptors = Math.Min(descriptors, server.Footprint.Descriptors);
        }

        if (scale.IsFull && !trial.RunsOnce)
        {
            await trial.Run(server, Scale.Brief);
        }

        return await WaitUntilSettled(server, new(long.MaxValue, descriptors));
    }

    private static async Task<string> CheckAfter(ServerProcess server, Footprint before, Scale scale)
    {
        var probe = await server.Probe();
        var after = await WaitUntilSettled(server, before with { Memory = before.Memory + MaxMemoryGrowth });
        var growth = after.Memory - before.Memory;
        if (scale.IsFull)
        {
            Assert.InRange(probe, TimeSpan.Zero, MaxProbe);
            Assert.InRange(growth, long.MinValue, MaxMemoryGrowth);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{probe.TotalMilliseconds:N0} ms | {growth:N0} KiB | {after.Descriptors - before.Descriptors}"
        );
    }

    /// <summary>No loop has failed, and none was stuck: that only in full, because a busy machine stops threads.</summary>
    private static void CheckLog(ServerProcess server, Scale scale)
    {
        string[] levels = scale.IsFull ? [" critical: ", " error: "] : [" critical: "];
        Assert.DoesNotContain(
            server.Log,
            line => levels.Any(level => line.Contains(level, StringComparison.Ordinal))
        );
    }

    /// <summary>Waits until lingering connections are closed and memory is released, or for a time-out.</summary>
    private static async Task<Footprint> WaitUntilSettled(ServerProcess server, Footprint max)
    {
        var start = Stopwatch.GetTimestamp();
        Footprint current;
        do
        {
            await server.Probe();
            await Task.Delay(TimeSpan.FromMilliseconds(10));
            current = server.Footprint;
        } while (
            (current.Descriptors > max.Descriptors || current.Memory > max.Memory)
            && Stopwatch.GetElapsedTime(start) < SettleTimeout
        );

        Assert.InRange(current.Descriptors, 0, max.Descriptors);
        return current;
    }

    /// <summary>Writes a row of the table after its index, because tests run in no fixed order.</summary>
    private void Report(Trial trial, string result)
    {
        var row = $"{TrialTable.Rows.IndexOf(trial)}\t| {trial.Name} | {result} |\n";
        output.WriteLine(row);
        if (Scale.Table is { } table)
        {
            File.AppendAllText(table, row);
        }
    }
}
