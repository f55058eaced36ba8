using System.Net;
using System.Net.Sockets;

namespace TinyTcp.Server;

/// <summary>Why a server could not start.</summary>
/// <param name="EndPoint">The address to listen on.</param>
/// <param name="Code">The system's reason; <see cref="SocketError.InvalidArgument"/> for an option out of range.</param>
/// <param name="Detail">A sentence about the option or the address; empty if the code is the whole reason.</param>
public sealed record StartError(IPEndPoint EndPoint, SocketError Code, string Detail = "")
{
    /// <summary>What failed and what to do, in one line.</summary>
    public override string ToString() => Detail.Length > 0 ? Detail : Explain();

    private string Explain() =>
        Code switch
        {
            SocketError.AddressAlreadyInUse =>
                $"{EndPoint} is in use, by a server or as the local port of a connection. Choose another port, or see whose it is (ss -tanp).",
            SocketError.AddressNotAvailable =>
                $"{EndPoint} is not an address of this machine. Choose one that is.",
            SocketError.AccessDenied =>
                $"Listening on {EndPoint} is not permitted to this user. Choose another port.",
            SocketError.TooManyOpenSockets =>
                $"Cannot listen on {EndPoint}: too few files may be open. Raise RLIMIT_NOFILE, such as by 'ulimit -n 1024'.",
            SocketError.NoBufferSpaceAvailable =>
                $"Cannot listen on {EndPoint}: too little memory, or too few threads are allowed. Lower the number of threads, or raise the limits (ulimit -v, ulimit -u, the container's).",
            _ => $"Cannot listen on {EndPoint}: {new SocketException((int)Code).Message}",
        };
}
