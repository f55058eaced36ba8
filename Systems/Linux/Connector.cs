using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>The beginning of a connection that this side asks for, and what becomes of it; without waiting.</summary>
internal static unsafe class Connector
{
    /// <summary>Begins to connect; a request never waits for Nagle's algorithm.</summary>
    /// <returns>The descriptor, which has room for sending once it is known what became of it; or why not.</returns>
    internal static Either<IoError, int> BeginConnect(EndPoint endPoint)
    {
        var address = endPoint.Serialize();
        fixed (byte* at = address.Buffer.Span)
        {
            // The address begins with the kernel's number for its family, which is not always .NET's.
            var family = *(ushort*)at;
            var descriptor = Libc.Socket(family, Libc.SockStream | Libc.SockNonblock | Libc.SockCloexec, 0);
            if (descriptor < 0)
            {
                return Errno.ToIoError(Errno.Last);
            }

            if (endPoint.AddressFamily != AddressFamily.Unix)
            {
                var one = 1;
                _ = Libc.SetOption(descriptor, Libc.IpProtoTcp, Libc.TcpNoDelay, &one, sizeof(int));
            }

            return Libc.Connect(descriptor, at, (uint)address.Size) == 0 || Errno.IsInProgress(Errno.Last)
                ? descriptor
                : Close(descriptor, Errno.Last);
        }
    }

    /// <summary>What became of it: an error's number, or 0.</summary>
    internal static int PendingError(int descriptor)
    {
        var error = 0;
        var length = (uint)sizeof(int);
        return Libc.GetOption(descriptor, Libc.SolSocket, Libc.SoError, &error, &length) == 0
            ? error
            : Errno.Last;
    }

    private static IoError Close(int descriptor, int error)
    {
        _ = Libc.Close(descriptor);
        return Errno.ToIoError(error);
    }
}
