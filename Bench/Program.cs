using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using TinyTcp.Bench.Plan;
using TinyTcp.Bench.Reporting;
using TinyTcp.Bench.Running;

namespace TinyTcp.Bench;

/// <summary>
/// Runs the plan and writes what came of it. To be started by <c>Bench/run</c>, from the repository's root, which
/// builds everything first.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class Program
{
    // Of a run that is not whole nothing is kept in the repository.
    private const string Whole = "Bench/results";
    private const string Partial = "Bench/bin/results";

    private static Task<int> Main(string[] arguments) =>
        Choice
            .Command(static choice => choice.ListOnly ? List(choice) : Measure(choice))
            .Parse(arguments)
            .InvokeAsync();

    private static Task<int> List(Choice choice)
    {
        Console.WriteLine("Scenarios:");
        choice
            .Scenarios.ToList()
            .ForEach(static scenario => Console.WriteLine($"  {scenario.Name, -10} {scenario.Title}"));
        Console.WriteLine("Contenders:");
        choice
            .Contenders.ToList()
            .ForEach(static contender => Console.WriteLine($"  {contender.Name, -27} {contender.Part}"));
        return Task.FromResult(0);
    }

    private static async Task<int> Measure(Choice choice)
    {
        StayOffTheServersCore();
        var started = Stopwatch.GetTimestamp();
        var present = choice.Contenders.RemoveAll(static contender => !File.Exists(contender.Program));
        var competition = new Competition(choice.Scenarios, present, choice.Pace);
        await competition.Run();
        var report = new Report(
            await Machine.Describe(present),
            choice.Pace,
            competition.OpenRate,
            choice.Scenarios,
            present,
            [
                .. choice
                    .Contenders.Except(present)
                    .Select(static absent => new Fact(absent.Name, $"{absent.Program} is not there")),
            ],
            [.. competition.Samples],
            [.. competition.Failures]
        );
        var folder = choice.IsWhole ? Whole : Partial;
        Write(report, folder);
        Console.WriteLine();
        Console.WriteLine(
            MarkdownReport.Verdicts(report.Verdicts.Where(static verdict => verdict.Met.IsSome))
        );
        Console.WriteLine();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(started).TotalMinutes:F1} min; {report.Failures.Length} failed; see {folder}/latest.md"
            )
        );
        return report.Failures.IsEmpty ? 0 : 1;
    }

    private static void StayOffTheServersCore()
    {
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = 1 << int.Parse(Cpus.Load, CultureInfo.InvariantCulture);
    }

    private static void Write(Report report, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "latest.json"), JsonReport.Render(report));
        File.WriteAllText(Path.Combine(folder, "latest.md"), MarkdownReport.Render(report));
        File.WriteAllText(Path.Combine(folder, "latest.svg"), SvgChart.Render(report));
    }
}
