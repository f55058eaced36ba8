using System.Net;
using LanguageExt;
using TinyTcp.Cli.Bench;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>
/// The load loop on a simulated system. An iteration of the loop takes a tick of virtual time; after it each server acts. Without
/// <paramref name="respond"/> servers reply correctly.
/// </summary>
/// <param name="profile">The load.</param>
/// <param name="respond">What a server does at a time; returns whether it acted.</param>
internal sealed class LoadSimulation(
    LoadProfile profile,
    Func<SimulatedServer, TimeSpan, bool>? respond = null
)
{
    private const int MaxIterations = 1_000_000;

    private readonly List<SimulatedServer> servers = [];

    internal static TimeSpan Tick { get; } = TimeSpan.FromMicroseconds(100);

    /// <summary>How the network splits what a server sends.</summary>
    internal Segmentation Segmentation { get; init; } = Segmentation.Whole;

    /// <summary>The most bytes that a server accepts before it reads.</summary>
    internal int ReceiveWindow { get; init; } = int.MaxValue;

    /// <summary>The calls that fail.</summary>
    internal Func<SimulatedCall, int, Option<IoError>> Errors { get; init; } = static (_, _) => default;

    /// <summary>Whether a connection's ends are the same socket.</summary>
    internal bool IsSelf { get; init; }

    /// <summary>How long a connect takes.</summary>
    internal TimeSpan ConnectTime { get; init; }

    /// <summary>How long the client is paused before it reads the clock for the n-th time. The servers act meanwhile.</summary>
    internal Func<int, TimeSpan> PauseBefore { get; init; } = static _ => TimeSpan.Zero;

    /// <summary>When the run is stopped, if ever.</summary>
    internal TimeSpan? StoppedAt { get; init; }

    internal Option<ClientError> Error { get; private set; }

    internal LoadResult Result { get; private set; } = new();

    /// <summary>The length of the measurement.</summary>
    internal double Seconds { get; private set; }

    internal IReadOnlyList<SimulatedServer> Servers => servers;

    /// <summary>Runs to the end.</summary>
    internal LoadSimulation Run()
    {
        var system = new SimulatedSystem(seed: 0, new SimulatedListener())
        {
            Horizon = TimeSpan.MaxValue,
            Errors = Errors,
            PeerAt = _ => Connect(),
        };
        var loop = LoadRun.CreateLoop(
            system,
            new ConnectionSettings(
                TestValues.Right(ServerEndPoint.From("127.0.0.1:40000")),
                ClientOptions.Default
            ),
            new IPEndPoint(IPAddress.Loopback, 40000),
            profile,
            new LoadClock(new PausingTimeProvider(system.Time, read => Pause(PauseBefore(read), system.Time)))
        );
        for (var iteration = 0; loop.RunOnce(); iteration++)
        {
            Assert.True(iteration < MaxIterations, "The loop does not end.");
            system.Time.MoveTo(system.Time.Monotonic + Tick + (iteration == 0 ? ConnectTime : TimeSpan.Zero));
            if (system.Time.Monotonic > StoppedAt)
            {
                loop.Stop();
            }

            servers.ForEach(server => server.Act(respond ?? ReplyCorrectly, system.Time.Monotonic));
        }

        loop.Close();
        (Error, Result) = (loop.Error, loop.Result);
        Seconds = loop.Window.Map(static window => window.SecondsUntil(long.MaxValue)).IfNone(0);
        return this;
    }

    private static bool ReplyCorrectly(SimulatedServer server, TimeSpan now) => server.ReplyCorrectly();

    private void Pause(TimeSpan duration, VirtualTime time)
    {
        if (duration > TimeSpan.Zero)
        {
            servers.ForEach(server => server.ActToEnd(respond ?? ReplyCorrectly, time.Monotonic));
            time.MoveTo(time.Monotonic + duration);
        }
    }

    private SimulatedPeer Connect()
    {
        var peer = new SimulatedPeer
        {
            ReceiveWindow = ReceiveWindow,
            ReadsAtOnce = false,
            IsSelf = IsSelf,
        };
        servers.Add(new SimulatedServer(peer, Segmentation));
        return peer;
    }
}
