using System.Runtime.InteropServices;

namespace TinyTcp.Cli.Terminals;

/// <summary>
/// What .NET does not tell of a descriptor, or not before it has taken the terminal over and changed how its keys speak.
/// Linux only.
/// </summary>
internal static partial class Tty
{
    /// <summary>Standard output's.</summary>
    internal const int StandardOutput = 1;

    /// <summary>That of the output for errors.</summary>
    internal const int StandardError = 2;

    private const nuint TiocGWinSz = 0x5413;
    private const int FGetFl = 3;
    private const int FSetFl = 4;
    private const int ONonBlock = 0x800;

    /// <summary>How large the terminal behind a descriptor is, in characters; none where it is no terminal, or does not know.</summary>
    internal static WindowSize WindowSizeOf(int descriptor) =>
        Ioctl(descriptor, TiocGWinSz, out var size) == 0 ? size : default;

    /// <summary>
    /// Has writes wait for room: whoever opened it may have told it otherwise, and then some of what is written would be lost.
    /// </summary>
    internal static void ClearNonBlocking(int descriptor)
    {
        var flags = Fcntl(descriptor, FGetFl, 0);
        if (flags >= 0 && (flags & ONonBlock) != 0)
        {
            _ = Fcntl(descriptor, FSetFl, flags & ~ONonBlock);
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ioctl(int descriptor, nuint request, out WindowSize size);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    /// <summary>The system's struct winsize.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct WindowSize
    {
        private readonly ushort rows;
        private readonly ushort columns;
        private readonly ushort width;
        private readonly ushort height;

        /// <summary>0 where it is not known.</summary>
        internal int Rows => rows;

        /// <summary>0 where it is not known.</summary>
        internal int Columns => columns;
    }
}
