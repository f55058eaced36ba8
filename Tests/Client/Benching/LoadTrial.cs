using System.Net;
using LanguageExt;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Client;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>
/// The real load on a simulated system: each turn takes a little of virtual time, and then servers do what the test says of
/// what they were asked.
/// </summary>
internal sealed class LoadTrial
{
    private const int Patience = 1_000_000;

    private readonly List<Served> servers = [];
    private readonly LoadLoop<SimulatedSystem> loop;
    private readonly Func<Served, TimeSpan, bool> serve;
    private readonly TimeSpan connecting;

    /// <param name="load">The load.</param>
    /// <param name="serve">What a server does at a time; whether it read what it was sent.</param>
    /// <param name="seed">What the network's choices follow from; none cuts no bytes.</param>
    /// <param name="window">How many bytes a server takes before it reads.</param>
    /// <param name="errors">Calls that fail.</param>
    /// <param name="isSelf">Whether connections meet themselves.</param>
    /// <param name="connecting">How long it takes to connect.</param>
    internal LoadTrial(
        Load load,
        Func<Served, TimeSpan, bool> serve,
        int? seed = null,
        int window = int.MaxValue,
        Func<SimulatedCall, int, Option<IoError>>? errors = null,
        bool isSelf = false,
        TimeSpan connecting = default
    )
    {
        this.serve = serve;
        this.connecting = connecting;
        System = new SimulatedSystem(seed ?? 0, new SimulatedListener())
        {
            SplitsBytes = seed is not null,
            Horizon = TimeSpan.MaxValue,
            Errors = errors ?? (static (_, _) => default),
            PeerAt = _ => Answer(window, isSelf),
        };
        var clock = new LoadClock(System.Time);
        loop = new LoadLoop<SimulatedSystem>(
            System,
            new Cli.Call(TestValues.Right(Target.From("127.0.0.1:40000")), ClientOptions.Default),
            new IPEndPoint(IPAddress.Loopback, 40000),
            load,
            new Question(load.Asks, load.Depth, 64 * 1024),
            LoadRun.PaceOf(load),
            clock
        );
    }

    internal static TimeSpan Tick { get; } = TimeSpan.FromMicroseconds(100);

    internal SimulatedSystem System { get; }

    internal Option<ClientError> Error => loop.Error;

    internal Cli.Benching.Looping.Measured Measured => loop.Handover.Counting;

    internal IEnumerable<Served> Servers => servers;

    /// <summary>Turns to the end.</summary>
    /// <param name="ctrlC">When it is told to end; none for never.</param>
    internal LoadTrial Run(TimeSpan? ctrlC = null)
    {
        var turns = 0;
        while (loop.Turn())
        {
            Assert.True(++turns < Patience, "the load turns and turns, and nothing comes of it");
            System.Time.MoveTo(System.Time.Monotonic + Tick + (turns == 1 ? connecting : TimeSpan.Zero));
            if (System.Time.Monotonic > ctrlC)
            {
                loop.End();
            }

            servers.ForEach(server => server.Serve(serve, System.Time.Monotonic));
        }

        return this;
    }

    private SimulatedPeer Answer(int window, bool isSelf)
    {
        var served = new Served(
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
