using System.Collections.Immutable;
using System.Net;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Client;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;

namespace TinyTcp.Cli.Benching;

/// <summary>Load on a server, from as many threads as were asked for; this one looks on.</summary>
internal sealed class LoadRun
{
    // What comes at once of all replies to a batch.
    private const int ReceiveBuffer = 64 * 1024;

    private readonly ImmutableArray<ILoad> threads;
    private readonly Gathering gathering;

    private LoadRun(ImmutableArray<ILoad> threads, Gathering gathering)
    {
        this.threads = threads;
        this.gathering = gathering;
        Ended = Task.WhenAll(threads.Select(static thread => StartThread(thread.Run)));
    }

    /// <summary>Ends when all threads have.</summary>
    internal Task Ended { get; }

    /// <summary>What each thread counts.</summary>
    internal IEnumerable<Handover> Handovers => threads.Select(static thread => thread.Handover);

    /// <summary>What went wrong first, if anything did.</summary>
    internal Option<ClientError> Error => gathering.Error;

    /// <summary>What counts, once it has begun.</summary>
    internal bool HasBegun(out Window window) => gathering.TryBegin(out window);

    /// <summary>Starts it.</summary>
    internal static Either<ClientError, LoadRun> Start(
        Call call,
        EndPoint endPoint,
        Load load,
        LoadClock clock
    ) =>
        OperatingSystem.IsLinux()
            ? StartOn(call, endPoint, load, clock, LinuxSystem.CreateGroup(load.Threads, [], ReceiveBuffer))
            : StartOn(
                call,
                endPoint,
                load,
                clock,
                PortableSystem.CreateGroup(load.Threads, [], ReceiveBuffer)
            );

    /// <summary>The same on systems of the caller's, if there are any.</summary>
    internal static Either<ClientError, LoadRun> StartOn<TSystem>(
        Call call,
        EndPoint endPoint,
        Load load,
        LoadClock clock,
        Either<IoError, SystemGroup<TSystem>> created
    )
        where TSystem : IConnectingSystem =>
        created.BiMap(
            Left: error => (ClientError)new ClientError.NotConnected(call.Target, error.SocketError),
            Right: group =>
            {
                var meeting = new Gathering(load.Threads, load, clock);
                return new LoadRun(
                    [
                        .. group.Systems.Select(
                            (system, thread) => Prepare(call, endPoint, load, thread, clock, meeting, system)
                        ),
                    ],
                    meeting
                );
            }
        );

    /// <summary>Has it end now: what is under way is not waited for.</summary>
    internal void End() => gathering.End();

    private static LoadLoop<TSystem> Prepare<TSystem>(
        Call call,
        EndPoint endPoint,
        Load load,
        int thread,
        LoadClock clock,
        Gathering meeting,
        TSystem system
    )
        where TSystem : IConnectingSystem
    {
        var connections = load.ConnectionsOf(thread);
        return new LoadLoop<TSystem>(
            system,
            call,
            endPoint,
            connections,
            new Question(load.Asks, load.Depth, ReceiveBuffer),
            PaceOf(load, connections, thread),
            meeting,
            clock
        );
    }

    /// <summary>When one of the threads asks.</summary>
    internal static Pace PaceOf(Load load, int connections, int thread) =>
        load.Rate.Match(
            Some: rate =>
                (Pace)new OpenPace(connections, load.Depth, new Arrivals(rate, thread, load.Threads)),
            None: () => new ClosedPace(connections, load.Depth)
        );

    /// <summary>Does something on a thread of its own.</summary>
    internal static Task<T> StartThread<T>(Func<T> work) =>
        Task.Factory.StartNew(
            work,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
