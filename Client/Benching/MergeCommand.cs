using System.Collections.Immutable;
using System.CommandLine;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Reading;
using TinyTcp.Cli.Benching.Reporting;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching;

/// <summary>The command line <c>bench merge</c>: what saved runs come to together.</summary>
/// <param name="reports">The options that say what becomes of results.</param>
/// <param name="colours">When to colour.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class MergeCommand(ReportOptions reports, Colours colours, Surroundings surroundings)
{
    private readonly Argument<string[]> files = new("file")
    {
        Description = "Files that 'bench --save' has written.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Puts it on bench.</summary>
    internal void AddTo(Command bench)
    {
        var command = new Command("merge", "Says what saved runs come to together.") { files };
        reports.AddToMerge(command);
        colours.AddTo(command);
        command.SetAction(Run);
        bench.Subcommands.Add(command);
    }

    private int Run(ParseResult parsed) =>
        reports
            .Read(parsed)
            .Bind(WithoutRates)
            .Match(Left: Complain, Right: reporter => Run(reporter, parsed.GetValue(files) ?? []));

    private int Run(Reporter reporter, string[] paths) =>
        ReadAll(paths).Match(Left: Complain, Right: read => reporter.Tell(HistogramFile.Merge(read)));

    private int Complain(Complaint complaint) => complaint.Tell(surroundings.Error);

    private static Either<Complaint, IEnumerable<(string Name, HistogramBase Latencies)>> ReadAll(
        string[] paths
    )
    {
        var read = paths.Select(ReadOne).ToList();
        var complaint = read.SelectMany(static each => each.LeftAsEnumerable()).HeadOrNone();
        var all = read.SelectMany(static each => each.IfLeft([])).ToList();
        return complaint.IsSome ? (Complaint)complaint
            : all.Count == 0
                ? Complaint.Usage("There is nothing to merge: give files that 'bench --save' has written.")
            : all.Exists(static each => each.Name == Summary.Latency)
            && all.Exists(static each => each.Name != Summary.Latency)
                ? Complaint.Usage(
                    "There are runs at a rate and others without: merge those of one kind, as their latencies are not alike."
                )
            : all;
    }

    // Who puts runs together means all of them.
    private static Either<Complaint, ImmutableArray<(string Name, HistogramBase Latencies)>> ReadOne(
        string path
    ) =>
        HistogramFile
            .Read(path)
            .Bind(read =>
                read.Any(static each => each.Latencies.TotalCount > 0)
                    ? Prelude.Right<Complaint, ImmutableArray<(string Name, HistogramBase Latencies)>>(read)
                    : Complaint.Usage(
                        $"There are no latencies in {Quote.Of(path)}: give files of runs that measured some."
                    )
            );

    // Saved runs may have gone on side by side, or one after the other.
    private static Either<Complaint, Reporter> WithoutRates(Reporter reporter) =>
        reporter.Goals.Any(static goal => goal is Goal.AtLeast)
            ? Complaint.Usage("Saved runs have no rate in common: give goals that are about latencies.")
            : reporter;
}
