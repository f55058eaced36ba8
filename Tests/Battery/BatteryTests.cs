using System.Diagnostics;
using System.Globalization;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Battery;

/// <summary>
/// What a server on a network meets. Whatever it is, afterwards a polite visitor is served at once, and no memory and no
/// descriptor is missing.
/// </summary>
[Trait("Category", "Battery")]
public sealed class BatteryTests(ITestOutputHelper output)
{
    // In KiB. The compiler of the runtime keeps 5 to 7 MiB after its first storm, and no more after the next.
    private const int MemoryAllowed = 8 * 1_024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    public static TheoryData<string> Names { get; } = [.. TrialTable.Rows.Select(static trial => trial.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Whatever_is_done_to_it_the_next_visitor_is_served_and_nothing_is_missing(string name)
    {
        var trial = TrialTable.Rows.Single(row => row.Name == name);
        var scale = Scale.Asked;
        using var target = await Target.Start(trial);
        var before = await WarmUp(target, trial, scale);
        try
        {
            var figures = await trial
                .Run(target, scale)
                .WaitAsync(scale.IsFull ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(3));
            Report(
                trial,
                $"{figures} | {(target.IsStopped ? "stopped | |" : await LookAfter(target, before, scale))}"
            );
        }
        catch (Exception exception)
        {
            Report(trial, $"FAILED: {exception.Message.ReplaceLineEndings(" ")} | | |");
            throw;
        }
    }

    /// <summary>Little of the same first, so that code that is loaded and tables that grow do not count.</summary>
    private static async Task<Footprint> WarmUp(Target target, Trial trial, Scale scale)
    {
        var files = int.MaxValue;
        for (var visit = 0; visit < 20; visit++)
        {
            await target.PoliteVisit();
            files = Math.Min(files, target.Footprint.Files);
        }

        if (scale.IsFull && !trial.IsDoneOnce)
        {
            await trial.Run(target, Scale.Little);
        }

        return await Settled(target, new(long.MaxValue, files));
    }

    private static async Task<string> LookAfter(Target target, Footprint before, Scale scale)
    {
        var visit = await target.PoliteVisit();
        var after = await Settled(target, before with { Memory = before.Memory + MemoryAllowed });
        var more = after.Memory - before.Memory;
        Assert.DoesNotContain(
            target.Log,
            static line => line.Contains(" critical: ", StringComparison.Ordinal)
        );
        if (scale.IsFull)
        {
            Assert.InRange(visit, TimeSpan.Zero, AtOnce);
            Assert.InRange(more, long.MinValue, MemoryAllowed);
            // An error may also be that a thread is stuck: where there is hardly a processor to be had, it may be.
            Assert.DoesNotContain(
                target.Log,
                static line => line.Contains(" error: ", StringComparison.Ordinal)
            );
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{visit.TotalMilliseconds:N0} ms | {more:N0} KiB | {after.Files - before.Files}"
        );
    }

    /// <summary>Once everybody has left: who does not say FIN is waited for, and memory goes back now and then.</summary>
    private static async Task<Footprint> Settled(Target target, Footprint most)
    {
        var start = Stopwatch.GetTimestamp();
        Footprint found;
        do
        {
            await target.PoliteVisit();
            await Task.Delay(TimeSpan.FromMilliseconds(10));
            found = target.Footprint;
        } while (
            (found.Files > most.Files || found.Memory > most.Memory)
            && Stopwatch.GetElapsedTime(start) < Patience
        );

        Assert.InRange(found.Files, 0, most.Files);
        return found;
    }

    /// <summary>A row of the table, after its place there: tests run in no order.</summary>
    private void Report(Trial trial, string seen)
    {
        var row = $"{TrialTable.Rows.IndexOf(trial)}\t| {trial.Name} | {seen} |\n";
        output.WriteLine(row);
        if (Scale.Table is { } table)
        {
            File.AppendAllText(table, row);
        }
    }
}
