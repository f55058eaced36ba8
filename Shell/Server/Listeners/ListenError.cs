using System.Net.Sockets;

namespace TinyTcp.Server.Listeners;

/// <summary>Why there is no listener.</summary>
/// <param name="Code">The operating system's reason, or <see cref="SocketError.InvalidArgument"/>.</param>
/// <param name="Detail">A sentence where the code says too little; otherwise empty.</param>
internal readonly record struct ListenError(SocketError Code, string Detail = "");
