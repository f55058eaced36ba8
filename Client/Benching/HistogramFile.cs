using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reading;

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
    // The log's reader looks for these constructors by name: as a native file the program would not have them.
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(LongHistogram))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(IntHistogram))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicConstructors, typeof(ShortHistogram))]
    internal static Either<Complaint, ImmutableArray<(string Name, HistogramBase Latencies)>> Read(
        string path
    )
    {
        try
        {
            using var file = File.OpenRead(path);
            using var log = new HistogramLogReader(file);
            return log.ReadHistograms()
                .Select(static each => (each.Tag ?? Summary.Latency, each))
                .ToImmutableArray();
        }
        catch (Exception unread) when (IsOfFiles(unread))
        {
            return Complaint.OfStreams(unread);
        }
        catch (Exception unread)
            when (unread
                    is FormatException
                        or ArgumentException
                        or InvalidDataException
                        or InvalidOperationException
                        or IndexOutOfRangeException
            )
        {
            return Complaint.Usage(
                $"'{path}' is no log of HdrHistogram's: give a file that --save has written."
            );
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
