using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server;

/// <summary>What a server is told before it starts.</summary>
public sealed record ServerOptions
{
    /// <summary>Where to listen; port 0 lets the system pick. Default: 127.0.0.1:40000.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, ServerPort.Default);

    /// <summary>
    /// TCP sockets that listen already, handed over by whoever keeps them open for the next server, too; the server then
    /// listens on them and not on <see cref="EndPoint"/>. The server closes its handles of them when it is disposed.
    /// Default: none.
    /// </summary>
    public ImmutableArray<Socket> Listeners
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// How many threads serve, each with an event loop and its share of the connections: 1 to
    /// <see cref="ServerThreads.Max"/>, or 0 for one on each core that the process may use. Default: 0.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>The greatest value of <see cref="DrainDelay"/> and <see cref="DrainTimeout"/>: a day.</summary>
    public static TimeSpan MaxDrain { get; } = TimeSpan.FromDays(1);

    /// <summary>
    /// For how long a server that is to stop goes on as before, so that balancers notice. Default: not at all.
    /// </summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How long conversations then have to end; zero for ever. Default: 10 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The limits to keep. Default: those of <see cref="LimitTable"/>.</summary>
    public Limits Limits { get; init; } = Limits.Default;
}
