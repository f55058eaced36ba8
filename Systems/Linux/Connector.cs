using System.Net;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Systems.Linux;

/// <summary>Non-blocking connects.</summary>
internal static unsafe class Connector
{
    /// <summary>Begins to connect, with Nagle's algorithm off.</summary>
    /// <returns>The descriptor, which becomes writable once the outcome is known; or why the attempt could not begin.</returns>
    internal static Either<IoError, int> Begin(EndPoint endPoint)
    {
        var address = endPoint.Serialize();
        fixed (byte* at = address.Buffer.Span)
        {
            // The address begins with the kernel's number for its family, which may differ from .NET's.
            var family = *(ushort*)at;
            var descriptor = Libc.Socket(family, Libc.SockStream | Libc.SockNonblock | Libc.SockCloexec, 0);
            if (descriptor < 0)
            {
                return Errno.ToError(Errno.Last);
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

    /// <summary>The outcome of an attempt (SO_ERROR).</summary>
    /// <returns>An errno, or 0 if the connection is established.</returns>
    internal static int GetOutcome(int descriptor)
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
        return Errno.ToError(error);
    }
}
