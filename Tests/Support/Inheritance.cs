using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TinyTcp.Tests.Support;

/// <summary>Which descriptors the programs that are started get: none of .NET's own, unless it is allowed.</summary>
internal static partial class Inheritance
{
    private const int SetDescriptorFlags = 2;

    /// <summary>From now on programs that are started get the socket, under the same number.</summary>
    internal static void Allow(Socket socket) =>
        _ = SetFlags((int)socket.Handle, SetDescriptorFlags, flags: 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(int descriptor, int command, int flags);
}
