using System.Net;
using System.Net.Sockets;

namespace TinyTcp.Server;

/// <summary>Why a server could not start to listen.</summary>
/// <param name="EndPoint">Where it was to listen.</param>
/// <param name="Code">The system's reason.</param>
public sealed record StartError(IPEndPoint EndPoint, SocketError Code)
{
    /// <summary>What happened and what to do, in one line.</summary>
    public override string ToString() =>
        Code switch
        {
            SocketError.AddressAlreadyInUse =>
                $"{EndPoint} is in use: another server runs there. Stop it, or choose another port.",
            SocketError.AddressNotAvailable =>
                $"{EndPoint} is no address of this machine. Choose one that is.",
            SocketError.AccessDenied =>
                $"Listening on {EndPoint} is not permitted to this user. Choose another port.",
            SocketError.TooManyOpenSockets =>
                $"Cannot listen on {EndPoint}: too few files may be open. Raise RLIMIT_NOFILE, such as by 'ulimit -n 1024'.",
            _ => $"Cannot listen on {EndPoint}: {new SocketException((int)Code).Message}",
        };
}
