using System.Net;
using TinyTcp.Core;

namespace TinyTcp.Server;

/// <summary>What a server is told before it starts. Every value is valid: a port is checked where it is read.</summary>
public sealed record ServerOptions
{
    /// <summary>Where to listen; port 0 lets the system pick. Default: 127.0.0.1:40000.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, ServerPort.Default);

    /// <summary>
    /// How many threads serve, each with an event loop and its share of the connections: 1 to
    /// <see cref="ServerThreads.Most"/>, or 0 for one on each core that the process may use. Default: 0.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>The limits to keep. Default: those of <see cref="LimitTable"/>.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}
