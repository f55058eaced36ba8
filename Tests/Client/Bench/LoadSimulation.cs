using System.Net;
using LanguageExt;
using TinyTcp.Cli.Bench;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>
/// The real load on a simulated system: each turn takes a little of virtual time, and then servers do what the test says of
/// what they were asked.
/// </summary>
internal sealed class LoadSimulation
{
    private const int MaxIterations = 1_000_000;

    private readonly List<SimulatedServer> servers = [];
    private readonly LoadLoop<SimulatedSystem> loop;
    private readonly Func<SimulatedServer, TimeSpan, bool> respond;
    private readonly TimeSpan connectTime;

    /// <param name="profile">The load.</param>
    /// <param name="respond">What a server does at a time; whether it read what it was sent.</param>
    /// <param name="seed">What the network's choices follow from; none cuts no bytes.</param>
    /// <param name="window">How many bytes a server takes before it reads.</param>
    /// <param name="errors">Calls that fail.</param>
    /// <param name="isSelf">Whether connections meet themselves.</param>
    /// <param name="connectTime">How long it takes to connect.</param>
    internal LoadSimulation(
        LoadProfile profile,
        Func<SimulatedServer, TimeSpan, bool> respond,
        int? seed = null,
        int window = int.MaxValue,
        Func<SimulatedCall, int, Option<IoError>>? errors = null,
        bool isSelf = false,
        TimeSpan connectTime = default
    )
    {
        this.respond = respond;
        this.connectTime = connectTime;
        System = new SimulatedSystem(seed ?? 0, new SimulatedListener())
        {
            SplitsBytes = seed is not null,
            Horizon = TimeSpan.MaxValue,
            Errors = errors ?? (static (_, _) => default),
            PeerAt = _ => CreatePeer(window, isSelf),
        };
        var clock = new LoadClock(System.Time);
        loop = new LoadLoop<SimulatedSystem>(
            System,
            new TinyTcp.Cli.Parsing.ConnectionSettings(
                TestValues.Right(ServerEndPoint.From("127.0.0.1:40000")),
                ClientOptions.Default
            ),
            new IPEndPoint(IPAddress.Loopback, 40000),
            profile,
            new RequestTemplate(profile.Request, profile.Depth, 64 * 1024),
            LoadRun.CreateScheduler(profile),
            clock
        );
    }

    internal static TimeSpan Tick { get; } = TimeSpan.FromMicroseconds(100);

    internal SimulatedSystem System { get; }

    internal Option<ClientError> Error => loop.Error;

    internal TinyTcp.Cli.Bench.Engine.LoadResult Result => loop.Results.Active;

    internal IEnumerable<SimulatedServer> Servers => servers;

    /// <summary>Turns to the end.</summary>
    /// <param name="ctrlC">When it is told to end; none for never.</param>
    internal LoadSimulation Run(TimeSpan? ctrlC = null)
    {
        var turns = 0;
        while (loop.RunOnce())
        {
            Assert.True(++turns < MaxIterations, "the load turns and turns, and nothing comes of it");
            System.Time.MoveTo(System.Time.Monotonic + Tick + (turns == 1 ? connectTime : TimeSpan.Zero));
            if (System.Time.Monotonic > ctrlC)
            {
                loop.Stop();
            }

            servers.ForEach(server => server.Act(respond, System.Time.Monotonic));
        }

        return this;
    }

    private SimulatedPeer CreatePeer(int window, bool isSelf)
    {
        var served = new SimulatedServer(
            new SimulatedPeer
            {
                ReceiveWindow = window,
                ReadsAtOnce = false,
                IsSelf = isSelf,
            }
        );
        servers.Add(served);
        return served.Peer;
    }
}
