using System.Runtime.InteropServices;

namespace TinyTcp.Shell.Settings;

/// <summary>What a path leads to. To open anything but a regular file may wait for ever, and to read it may never end.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or nothing that this user may see.</summary>
    Missing,

    /// <summary>A regular file, perhaps through links.</summary>
    Regular,

    /// <summary>A folder, a pipe, a device or a socket.</summary>
    Other,
}

/// <summary>Finds out what paths lead to.</summary>
internal static unsafe partial class FileKinds
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint TypeOnly = 1; // STATX_TYPE
    private const int ResultSize = 256;
    private const int ModeAt = 28;
    private const int TypeMask = 0xF000; // S_IFMT
    private const int RegularType = 0x8000; // S_IFREG

    /// <summary>What a path leads to.</summary>
    public static FileKind Of(string path) =>
        OperatingSystem.IsLinux() ? OfLinux(path)
        : File.Exists(path) ? FileKind.Regular
        : Directory.Exists(path) ? FileKind.Other
        : FileKind.Missing;

    private static FileKind OfLinux(string path)
    {
        var result = stackalloc byte[ResultSize];
        return Stat(CurrentFolder, path, 0, TypeOnly, result) != 0 ? FileKind.Missing
            : (*(ushort*)(result + ModeAt) & TypeMask) == RegularType ? FileKind.Regular
            : FileKind.Other;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint mask, byte* result);
}
