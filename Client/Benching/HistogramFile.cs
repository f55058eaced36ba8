using System.Collections.Immutable;
using System.Text;
using HdrHistogram;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching;

/// <summary>
/// Latencies in files: HdrHistogram's log, in nanoseconds, a line for each kind of latency, with its name as a tag. Such files
/// can be merged, here or by any tool that knows the format.
/// </summary>
internal static class HistogramFile
{
    private static Complaint NoPath => Complaint.Usage("The file is '': give a path.");

    /// <summary>Opens one to be written, and leaves what it holds until there is something to save.</summary>
    internal static Either<Complaint, FileStream> Open(string path)
    {
        if (path.Length == 0)
        {
            return NoPath;
        }

        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception unopened) when (Complaint.IsOfStreams(unopened))
        {
            return Complaint.OfOutput(unopened);
        }
    }

    /// <summary>Writes one, and closes it.</summary>
    /// <returns>A complaint where it cannot be written.</returns>
    internal static Option<Complaint> Save(
        FileStream opened,
        DateTimeOffset start,
        DateTimeOffset end,
        IEnumerable<(string Name, HistogramBase Latencies)> all
    )
    {
        try
        {
            using var file = opened;
            if (file.CanSeek)
            {
                file.SetLength(0);
            }

            var lines = all.Select(each => HistogramLog.Line(each.Name, each.Latencies, start, end));
            file.Write(Encoding.UTF8.GetBytes(HistogramLog.Head(start) + string.Concat(lines)));
            return default;
        }
        catch (Exception unwritten) when (Complaint.IsOfStreams(unwritten))
        {
            return Complaint.OfOutput(unwritten);
        }
    }

    /// <summary>Reads one.</summary>
    /// <returns>What stands in it; or a complaint.</returns>
    internal static Either<Complaint, ImmutableArray<(string Name, HistogramBase Latencies)>> Read(
        string path
    )
    {
        if (path.Length == 0)
        {
            return NoPath;
        }

        try
        {
            var read = File.ReadLines(path)
                .Where(HistogramLog.IsOfLatencies)
                .Select(HistogramLog.Read)
                .ToList();
            return read.TrueForAll(static each => each.IsSome)
                ? read.Select(static each => ((string Name, HistogramBase Latencies))each).ToImmutableArray()
                : Complaint.Usage(
                    $"{Quote.Of(path)} is no log of latencies: give a file that --save has written."
                );
        }
        catch (Exception unread) when (Complaint.IsOfStreams(unread))
        {
            return Complaint.OfInput(unread);
        }
    }

    /// <summary>Puts together what has the same name, as if all of it had been counted in one; in the order of the names.</summary>
    internal static ImmutableArray<(string Name, HistogramBase Latencies)> Merge(
        IEnumerable<(string Name, HistogramBase Latencies)> all
    ) =>
        [
            .. all.GroupBy(static each => each.Name, StringComparer.Ordinal)
                .OrderBy(static same => same.Key, StringComparer.Ordinal)
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
}
