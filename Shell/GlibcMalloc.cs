using System.Runtime.InteropServices;

namespace TinyTcp.Shell;

/// <summary>
/// How glibc deals with memory, of which the server takes much only where clients do not read. Left alone, it keeps the
/// more the larger the blocks that it has seen, and whatever lies below one that is still used. Other C libraries have no
/// such calls, and no such habit.
/// </summary>
internal static partial class GlibcMalloc
{
    private const int MapThreshold = -3;
    private const int LeastMapped = 16 * 1024;
    private static readonly TimeSpan NowAndThen = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gives large blocks pages of their own, which go back to the system with the block; and gives back, now and then,
    /// the pages that only free blocks are on.
    /// </summary>
    /// <param name="time">The clock.</param>
    /// <returns>To be disposed when that is to end.</returns>
    internal static IDisposable? TrimPeriodically(TimeProvider time)
    {
        if (!IsGlibc)
        {
            return null;
        }

        _ = SetOption(MapThreshold, LeastMapped);
        return time.CreateTimer(static timer => _ = Trim(0), null, NowAndThen, NowAndThen);
    }

    private static bool IsGlibc =>
        OperatingSystem.IsLinux()
        && NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "mallopt", out _);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint kept);
}
