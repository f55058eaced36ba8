using System.Net;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server.Admission;

/// <summary>An accepted socket that no loop has adopted yet.</summary>
/// <param name="Socket">Its number in the system.</param>
/// <param name="Peer">The peer's address; unknown if neither a limit nor the log needs it.</param>
/// <param name="FirstEvent">The session's first event: opened, or why the limits do not allow the connection.</param>
internal readonly record struct AcceptedSocket(int Socket, EndPoint Peer, SessionEvent FirstEvent)
{
    /// <summary>Whether the limits allow the connection, and count it.</summary>
    public bool IsCounted => FirstEvent == SessionEvent.Opened;
}
