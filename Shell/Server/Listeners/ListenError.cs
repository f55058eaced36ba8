using System.Net.Sockets;

namespace TinyTcp.Server.Listeners;

/// <summary>Why there is no listener.</summary>
/// <param name="Code">The operating system's reason, or <see cref="SocketError.InvalidArgument"/>.</param>
/// <param name="Detail">A sentence with the reason; empty if the code is the whole reason.</param>
internal readonly record struct ListenError(SocketError Code, string Detail = "");
