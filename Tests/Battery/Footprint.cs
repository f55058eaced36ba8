using System.Diagnostics;
using System.Globalization;

namespace TinyTcp.Tests.Battery;

/// <summary>A process's memory and descriptors, from Linux's /proc; zero on other systems.</summary>
/// <param name="Memory">Resident anonymous memory in KiB, without mapped files and shared memory.</param>
/// <param name="Descriptors">Open descriptors.</param>
internal readonly record struct Footprint(long Memory, int Descriptors)
{
    /// <summary>Measures a process.</summary>
    internal static Footprint Of(int process) =>
        OperatingSystem.IsLinux()
            ? new(
                ReadNumber(File.ReadLines($"/proc/{process}/status"), "RssAnon:"),
                Directory.GetFileSystemEntries($"/proc/{process}/fd").Length
            )
            : default;

    /// <summary>A process's total processor time.</summary>
    internal static TimeSpan ProcessorTime(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.TotalProcessorTime;
    }

    /// <summary>The kernel memory of all TCP sockets of this machine, in KiB.</summary>
    internal static long KernelTcpMemory() =>
        OperatingSystem.IsLinux()
            ? ReadNumber(File.ReadLines("/proc/net/sockstat"), " mem") * Environment.SystemPageSize / 1_024
            : 0;

    private static long ReadNumber(IEnumerable<string> lines, string label)
    {
        var line = lines.First(line => line.Contains(label, StringComparison.Ordinal));
        var after = line[(line.IndexOf(label, StringComparison.Ordinal) + label.Length)..];
        var digits = after.TrimStart().TakeWhile(char.IsAsciiDigit).ToArray();
        return long.Parse(digits, CultureInfo.InvariantCulture);
    }
}
