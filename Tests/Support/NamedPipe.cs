using System.Runtime.InteropServices;

namespace TinyTcp.Tests.Support;

/// <summary>Named pipes (mkfifo). Linux only.</summary>
internal static partial class NamedPipe
{
    private const uint OwnerOnly = 0b110_000_000;

    /// <summary>Creates a pipe. Opening it waits for the other end.</summary>
    internal static void Create(string path)
    {
        if (MakeFifo(path, OwnerOnly) != 0)
        {
            throw new IOException($"mkfifo: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport(
        "libc",
        EntryPoint = "mkfifo",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int MakeFifo(string path, uint mode);
}
