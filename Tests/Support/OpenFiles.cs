using System.Runtime.InteropServices;

namespace TinyTcp.Tests.Support;

/// <summary>How many descriptors another process may have, on Linux: while it runs.</summary>
internal static unsafe partial class OpenFiles
{
    private const int OfProcess = 7;

    /// <summary>Sets the limit.</summary>
    /// <returns>What it was.</returns>
    internal static ulong Limit(int process, ulong limit)
    {
        var before = default(Limits);
        Check(Exchange(process, OfProcess, null, &before));
        var after = before with { Soft = limit };
        Check(Exchange(process, OfProcess, &after, null));
        return before.Soft;
    }

    private static void Check(int outcome)
    {
        if (outcome != 0)
        {
            throw new IOException($"prlimit: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int Exchange(int process, int resource, Limits* after, Limits* before);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limits(ulong Soft, ulong Hard);
}
