using System.Runtime.InteropServices;

namespace TinyTcp.Cli.Terminals;

/// <summary>System calls on terminals, for what .NET lacks or does only after it has changed the terminal's mode. Linux only.</summary>
internal static partial class Tty
{
    internal const int StandardInput = 0;

    internal const int StandardOutput = 1;

    internal const int StandardError = 2;

    private const nuint TiocGWinSz = 0x5413;
    private const int FGetFd = 1;
    private const int FGetFl = 3;
    private const int FSetFl = 4;
    private const int OReadOnly = 0;
    private const int OWriteOnly = 1;
    private const int ONonBlock = 0x800;

    /// <summary>The size of a terminal in characters; 0 where it is unknown.</summary>
    internal static WindowSize WindowSizeOf(int descriptor) =>
        Ioctl(descriptor, TiocGWinSz, out var size) == 0 ? size : default;

    /// <summary>
    /// Makes writes block until the process exits. On a non-blocking descriptor a full pipe would lose output; as other
    /// processes may share the flag, it is restored at exit.
    /// </summary>
    internal static void ClearNonBlocking(int descriptor)
    {
        var flags = Fcntl(descriptor, FGetFl, 0);
        if (flags >= 0 && (flags & ONonBlock) != 0)
        {
            _ = Fcntl(descriptor, FSetFl, flags & ~ONonBlock);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => _ = Fcntl(descriptor, FSetFl, flags);
        }
    }

    /// <summary>
    /// Takes the numbers of closed standard streams, before a socket or a pipe of .NET does: output would go there. Reading
    /// or writing such a stream still fails.
    /// </summary>
    internal static void ReserveClosedDescriptors()
    {
        for (var descriptor = StandardInput; descriptor <= StandardError; descriptor++)
        {
            // A new descriptor has the lowest free number.
            if (Fcntl(descriptor, FGetFd, 0) < 0)
            {
                _ = Open("/dev/null", descriptor == StandardInput ? OWriteOnly : OReadOnly);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Ioctl(int descriptor, nuint request, out WindowSize size);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Fcntl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Open(string path, int flags);

    /// <summary>The system's struct winsize.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct WindowSize
    {
        private readonly ushort rows;
        private readonly ushort columns;
        private readonly ushort width;
        private readonly ushort height;

        internal int Rows => rows;

        internal int Columns => columns;
    }
}
