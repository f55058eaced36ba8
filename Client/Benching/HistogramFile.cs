using System.Collections.Immutable;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;

namespace TinyTcp.Cli.Benching;

/// <summary>
/// Latencies in files: HdrHistogram's log, in nanoseconds, a line for each kind of latency, with its name as a tag. Such files
/// can be merged, here or by any tool that knows the format.
/// </summary>
internal static class HistogramFile
{
    /// <summary>Writes one.</summary>
    /// <returns>A complaint where it cannot be written.</returns>
    internal static Option<Complaint> Save(
        string path,
        DateTimeOffset start,
        DateTimeOffset end,
        IEnumerable<(string Name, HistogramBase Latencies)> all
    )
    {
        try
        {
            using var file = File.Create(path);
            HistogramLogWriter.Write(
                file,
                start.UtcDateTime,
                [.. all.Select(each => Stamped(each, start, end))]
            );
            return default;
        }
        catch (Exception unwritten) when (IsOfFiles(unwritten))
        {
            return Complaint.OfStreams(unwritten);
        }
    }

    /// <summary>Reads one.</summary>
    /// <returns>What stands in it; or a complaint.</returns>
    internal static Either<Complaint, ImmutableArray<(string Name, HistogramBase Latencies)>> Read(
        string path
    )
    {
        try
        {
            var read = File.ReadLines(path)
                .Where(HistogramLog.IsOfLatencies)
                .Select(HistogramLog.Read)
                .ToList();
            return read.TrueForAll(static each => each.IsSome)
                ? read.Select(static each => ((string Name, HistogramBase Latencies))each).ToImmutableArray()
                : Complaint.Usage($"'{path}' is no log of latencies: give a file that --save has written.");
        }
        catch (Exception unread) when (IsOfFiles(unread))
        {
            return Complaint.OfStreams(unread);
        }
    }

    /// <summary>Puts together what has the same name: as if all of it had been counted in one.</summary>
    internal static ImmutableArray<(string Name, HistogramBase Latencies)> Merge(
        IEnumerable<(string Name, HistogramBase Latencies)> all
    ) =>
        [
            .. all.GroupBy(static each => each.Name, StringComparer.Ordinal)
                .Select(static same =>
                    (same.Key, (HistogramBase)Sum(same.Select(static each => each.Latencies)))
                ),
        ];

    private static LongHistogram Sum(IEnumerable<HistogramBase> all)
    {
        var sum = Latencies.None();
        foreach (var each in all)
        {
            sum.Add(each);
        }

        return sum;
    }

    private static HistogramBase Stamped(
        (string Name, HistogramBase Latencies) each,
        DateTimeOffset start,
        DateTimeOffset end
    )
    {
        each.Latencies.Tag = each.Name;
        each.Latencies.StartTimeStamp = start.ToUnixTimeMilliseconds();
        each.Latencies.EndTimeStamp = end.ToUnixTimeMilliseconds();
        return each.Latencies;
    }

    private static bool IsOfFiles(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or NotSupportedException;
}
