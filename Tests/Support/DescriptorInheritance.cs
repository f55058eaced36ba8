using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace TinyTcp.Tests.Support;

/// <summary>Lets child processes inherit sockets, which .NET closes on exec otherwise.</summary>
internal static partial class DescriptorInheritance
{
    private const int SetDescriptorFlags = 2;

    /// <summary>Child processes started from now on inherit the socket, with the same descriptor number.</summary>
    internal static void Allow(Socket socket) =>
        _ = SetFlags((int)socket.Handle, SetDescriptorFlags, flags: 0);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(int descriptor, int command, int flags);
}
