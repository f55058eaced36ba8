using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using TinyTcp.Bench.Reports;
using TinyTcp.Bench.Runner;

namespace TinyTcp.Bench;

/// <summary>
/// Runs the plan and writes the report. <c>Bench/run</c> builds all programs and starts this one in the repository's root.
/// </summary>
[SupportedOSPlatform("linux")]
internal static class Program
{
    private const string CompleteResults = "Bench/results";
    private const string PartialResults = "Bench/bin/results";

    private static Task<int> Main(string[] arguments) =>
        BenchOptions.CreateCommand(RunAsync).Parse(arguments).InvokeAsync();

    private static async Task<int> RunAsync(BenchOptions options)
    {
        LeaveServerCore();
        var started = Stopwatch.GetTimestamp();
        var present = options.Contenders.RemoveAll(static contender => !File.Exists(contender.Program));
        var runner = new BenchmarkRunner(options.Scenarios, present, options.Settings);
        await runner.RunAsync();
        var report = new Report(
            await Machine.DescribeAsync(present),
            options.Settings.Rounds,
            runner.OpenRate,
            options.Scenarios,
            present,
            FindAbsent(options),
            new(runner.Samples),
            [.. runner.Failures]
        );
        var file = Path.Combine(options.IsComplete ? CompleteResults : PartialResults, "latest.md");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, MarkdownReport.Render(report));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Stopwatch.GetElapsedTime(started).TotalMinutes:F1} min; {report.Failures.Length} failed; see {file}"
            )
        );
        return report.Failures.IsEmpty ? 0 : 1;
    }

    private static ImmutableArray<Fact> FindAbsent(BenchOptions options) =>
        [
            .. options
                .Contenders.Select(static contender => (contender.Name, contender.Program))
                .Concat(
                    from scenario in options.Scenarios
                    from workload in scenario.Workloads
                    from client in workload.Clients
                    select (client.Name, client.Program)
                )
                .Distinct()
                .Where(static row => !File.Exists(row.Program))
                .Select(static row => new Fact(row.Name, $"{row.Program} does not exist")),
        ];

    private static void LeaveServerCore()
    {
        using var self = Process.GetCurrentProcess();
        self.ProcessorAffinity = 1 << int.Parse(Cores.Load, CultureInfo.InvariantCulture);
    }
}
