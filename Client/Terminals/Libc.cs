using System.Runtime.InteropServices;

namespace TinyTcp.Cli.Terminals;

/// <summary>System calls that .NET lacks, as Linux's C library declares them.</summary>
internal static unsafe partial class Libc
{
    internal const int EIntr = 4;
    internal const int EIo = 5;
    internal const int EAgain = 11;

    internal const int SigTstp = 20;
    internal const nint SigIgn = 1;

    internal const short PollIn = 1;
    internal const short PollOut = 4;

    internal const nuint TiocGWinSz = 0x5413;
    internal const int TcsaNow = 0;

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint Read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint Write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Poll(ref PolledDescriptor descriptor, nuint count, int milliseconds);

    /// <summary>Sets a signal's action.</summary>
    /// <returns>The action before.</returns>
    [LibraryImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial nint Signal(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Kill(int process, int signal);

    /// <summary>Sends a signal to the calling thread, which returns after its action.</summary>
    [LibraryImport("libc", EntryPoint = "raise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Raise(int signal);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int Ioctl(int descriptor, nuint request, out Tty.WindowSize size);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int GetAttributes(int descriptor, TerminalAttributes* attributes);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static partial int SetAttributes(int descriptor, int when, TerminalAttributes* attributes);

    /// <summary>The system's struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PolledDescriptor(int descriptor, short events)
    {
        private readonly int descriptor = descriptor;
        private readonly short events = events;
        private readonly short result;
    }
}
