using System.Collections.Immutable;
using System.Diagnostics;
using LanguageExt;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Running;

/// <summary>
/// Thousands of connections at once, from another process, because the limit of open files is a process's: first they
/// come and stay, so that tables have grown when they storm.
/// </summary>
internal static class Crowding
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>What a crowd of so many costs a server that nobody else talks to.</summary>
    public static async Task<Either<string, ImmutableArray<(string Measure, double Value)>>> Run(
        RunningServer server,
        Cell cell
    )
    {
        var before = server.Holdings;
        var held = await Hold(server, cell);
        await Leave(server, before);
        var storm = await Driver.Run(Driver.Command("storm", server.Target, cell.Arguments));
        await Leave(server, before);
        var after = server.Holdings;
        return from during in held from figures in storm select Figures(cell, before, during, after, figures);
    }

    private static ImmutableArray<(string, double)> Figures(
        Cell cell,
        Holdings before,
        Holdings during,
        Holdings after,
        ImmutableArray<(string, double)> storm
    ) =>
        [
            .. storm,
            (Measures.IdleResident, (during.Resident - before.Resident) / (double)cell.Connections),
            (Measures.IdleAnonymous, (during.Anonymous - before.Anonymous) / (double)cell.Connections),
            (Measures.ResidentLeft, (after.Resident - before.Resident) / 1024.0),
            (Measures.DescriptorsLeft, after.Descriptors - before.Descriptors),
        ];

    private static async Task<Either<string, Holdings>> Hold(RunningServer server, Cell cell)
    {
        using var driver = Commands.Start(Driver.Command("hold", server.Target, cell.Arguments));
        using var lost = new Timer(_ => driver.Kill(), null, Patience, Timeout.InfiniteTimeSpan);
        var said = await driver.StandardOutput.ReadLineAsync();
        var holdings = server.Holdings;
        driver.StandardInput.Close();
        var complaint = await driver.StandardError.ReadToEndAsync();
        await driver.WaitForExitAsync();
        return said is null ? $"not everybody was served: {complaint.Trim()}" : holdings;
    }

    /// <summary>Waits until the server has noticed that they are gone, if it ever does.</summary>
    private static async Task Leave(RunningServer server, Holdings before)
    {
        var started = Stopwatch.GetTimestamp();
        while (
            server.Holdings.Descriptors > before.Descriptors && Stopwatch.GetElapsedTime(started) < Patience
        )
        {
            await Task.Delay(Pause);
        }
    }
}
