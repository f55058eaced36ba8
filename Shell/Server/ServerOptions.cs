using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Server;

/// <summary>A server's options. <see cref="TinyServer.Start"/> and <see cref="TinyServer.Reload"/> check them.</summary>
public sealed record ServerOptions
{
    /// <summary>The default port.</summary>
    public const int DefaultPort = 40_000;

    /// <summary>The smallest port that <see cref="AllowsPort"/> allows, but for 0.</summary>
    public const int MinPort = 1_025;

    /// <summary>The greatest port that <see cref="AllowsPort"/> allows.</summary>
    public const int MaxPort = 49_151;

    /// <summary>The greatest number of <see cref="Threads"/>.</summary>
    public const int MaxThreads = 1_024;

    /// <summary>The greatest value of <see cref="DrainDelay"/> and <see cref="DrainTimeout"/>: 1 day.</summary>
    public static TimeSpan MaxDrain { get; } = TimeSpan.FromDays(1);

    /// <summary>The address to listen on; with port 0 the system chooses one. Default: 127.0.0.1:40000.</summary>
    public IPEndPoint EndPoint { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>
    /// Bound and listening TCP sockets to use instead of <see cref="EndPoint"/>, such as those of a service manager that
    /// keeps them open for the next server. The server disposes them when it is disposed; if it does not start, they stay
    /// the caller's. Default: none.
    /// </summary>
    public ImmutableArray<Socket> Listeners
    {
        get;
        init => field = value.IsDefault ? [] : value;
    } = [];

    /// <summary>
    /// How many threads serve connections: 1 to <see cref="MaxThreads"/>, or 0 for one per core that the process may use.
    /// Default: 0.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// How long a server that stops goes on as before, so that load balancers notice: 0 to <see cref="MaxDrain"/>.
    /// Default: 0.
    /// </summary>
    public TimeSpan DrainDelay { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// When connections are aborted after that: 0 to <see cref="MaxDrain"/>; 0 for never. Default: 10 s.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Whether to run a full garbage collection when much memory of slow clients has been released, so that it goes back to
    /// the system at once. It stops all threads of the process, for milliseconds if the heap is small. Default: false.
    /// </summary>
    public bool ReturnsMemory { get; init; }

    /// <summary>The limits of connections and of the protocol. Default: those of <see cref="LimitTable"/>.</summary>
    public Limits Limits { get; init; } = Limits.Default;

    /// <summary>How many threads there are: never 0.</summary>
    internal int ThreadCount => Threads == 0 ? Math.Min(Environment.ProcessorCount, MaxThreads) : Threads;

    /// <summary>Whether the server program may be given this port: 1025 to 49151, or 0.</summary>
    public static bool AllowsPort(int port) => port is 0 or (>= MinPort and <= MaxPort);

    /// <summary>Whether a value of <see cref="Threads"/> is in range.</summary>
    public static bool AllowsThreads(int threads) => threads is >= 0 and <= MaxThreads;

    /// <summary>Checks the values that have a range.</summary>
    /// <returns>A sentence about the first that is out of range.</returns>
    internal Option<string> FindProblem() =>
        !AllowsThreads(Threads) ? OutOfRange(nameof(Threads), Threads, $"0..{MaxThreads}")
        : !AllowsDrain(DrainDelay) ? OutOfRange(nameof(DrainDelay), DrainDelay, $"0..{MaxDrain}")
        : !AllowsDrain(DrainTimeout) ? OutOfRange(nameof(DrainTimeout), DrainTimeout, $"0..{MaxDrain}")
        : Option<string>.None;

    private static bool AllowsDrain(TimeSpan time) => time >= TimeSpan.Zero && time <= MaxDrain;

    private static string OutOfRange(string option, object value, string range) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"The option {option} is {value}; it must be in {range}."
        );
}
