using System.Globalization;

namespace TinyTcp.Tests.Support;

/// <summary>The number of sockets that this process can open.</summary>
internal static class Descriptors
{
    private const int Reserve = 200;
    private const int DefaultLimit = 1_024;

    /// <summary>The limit of open files, less a reserve for everything else.</summary>
    internal static int Available => Limit - Reserve;

    private static int Limit =>
        OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/limits")
                .Where(static line => line.StartsWith("Max open files", StringComparison.Ordinal))
                .Select(static line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3])
                .Select(static soft =>
                    int.TryParse(soft, CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue
                )
                .Single()
            : DefaultLimit;
}
