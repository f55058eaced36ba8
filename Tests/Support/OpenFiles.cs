using System.Runtime.InteropServices;

namespace TinyTcp.Tests.Support;

/// <summary>Changes the limit of open files of a running process (Linux, prlimit).</summary>
internal static unsafe partial class OpenFiles
{
    private const int ResourceNoFile = 7;

    /// <summary>Sets the soft limit.</summary>
    /// <returns>The previous soft limit.</returns>
    internal static ulong Limit(int process, ulong limit)
    {
        var before = default(Limits);
        Check(PrLimit(process, ResourceNoFile, null, &before));
        var after = before with { Soft = limit };
        Check(PrLimit(process, ResourceNoFile, &after, null));
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
    private static partial int PrLimit(int process, int resource, Limits* after, Limits* before);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limits(ulong Soft, ulong Hard);
}
