using System.Globalization;

namespace TinyTcp.Bench.Running;

/// <summary>What a process holds, as Linux counts it.</summary>
/// <param name="Resident">Bytes of memory that are in memory.</param>
/// <param name="Anonymous">Those of them that are no file's.</param>
/// <param name="Descriptors">Open files and sockets.</param>
internal sealed record Holdings(long Resident, long Anonymous, int Descriptors)
{
    /// <summary>What it holds now.</summary>
    public static Holdings Of(int process)
    {
        var lines = File.ReadAllLines($"/proc/{process}/smaps_rollup");
        return new(
            Bytes(lines, "Rss:"),
            Bytes(lines, "Anonymous:"),
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length
        );
    }

    private static long Bytes(string[] lines, string name) =>
        1024
        * long.Parse(
            lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ')[^2],
            CultureInfo.InvariantCulture
        );
}
