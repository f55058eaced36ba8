using System.Diagnostics;
using System.Globalization;

namespace TinyTcp.Tests.Battery;

/// <summary>What a process takes of the machine, as Linux tells it; nothing elsewhere.</summary>
/// <param name="Memory">Resident memory of its own, in KiB: neither files nor what is shared.</param>
/// <param name="Files">Open descriptors.</param>
internal readonly record struct Footprint(long Memory, int Files)
{
    /// <summary>That of a process, now.</summary>
    internal static Footprint Of(int process) =>
        OperatingSystem.IsLinux()
            ? new(
                Number(File.ReadLines($"/proc/{process}/status"), "RssAnon:"),
                Directory.GetFileSystemEntries($"/proc/{process}/fd").Length
            )
            : default;

    /// <summary>How long a process has kept a processor busy.</summary>
    internal static TimeSpan ProcessorTime(int process)
    {
        using var found = Process.GetProcessById(process);
        return found.TotalProcessorTime;
    }

    /// <summary>What the kernel holds in all TCP sockets of this machine, both ends', in KiB.</summary>
    internal static long OfKernel() =>
        OperatingSystem.IsLinux()
            ? Number(File.ReadLines("/proc/net/sockstat"), " mem") * Environment.SystemPageSize / 1_024
            : 0;

    private static long Number(IEnumerable<string> lines, string word)
    {
        var line = lines.First(line => line.Contains(word, StringComparison.Ordinal));
        var after = line[(line.IndexOf(word, StringComparison.Ordinal) + word.Length)..];
        var digits = after.TrimStart().TakeWhile(char.IsAsciiDigit).ToArray();
        return long.Parse(digits, CultureInfo.InvariantCulture);
    }
}
