using System.Net;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;

namespace TinyTcp.Cli.Bench;

/// <summary>A load loop that runs on a thread of its own.</summary>
/// <param name="Loop">The loop.</param>
/// <param name="Completion">Completes when the loop has ended.</param>
internal sealed record LoadRun(ILoadLoop Loop, Task Completion)
{
    // Room for the replies to a whole batch.
    private const int ReceiveBufferSize = 64 * 1024;

    /// <summary>Creates the platform's system and starts the loop.</summary>
    internal static Either<ClientError, LoadRun> Start(
        ConnectionSettings settings,
        EndPoint endPoint,
        LoadProfile profile,
        LoadClock clock
    ) =>
        OperatingSystem.IsLinux()
            ? Start(settings, endPoint, profile, clock, LinuxSystem.CreateGroup(1, [], ReceiveBufferSize))
            : Start(settings, endPoint, profile, clock, PortableSystem.CreateGroup(1, [], ReceiveBufferSize));

    /// <summary>Creates a loop.</summary>
    internal static LoadLoop<TSystem> CreateLoop<TSystem>(
        TSystem system,
        ConnectionSettings settings,
        EndPoint endPoint,
        LoadProfile profile,
        LoadClock clock
    )
        where TSystem : IConnectingSystem =>
        new(
            system,
            settings,
            endPoint,
            profile,
            new RequestTemplate(profile.Request, profile.Depth, ReceiveBufferSize),
            profile.Rate.Match<LoadScheduler>(
                Some: rate => new OpenLoopScheduler(profile.Connections, profile.Depth, new Arrivals(rate)),
                None: () => new ClosedLoopScheduler(profile.Connections, profile.Depth, profile.Count)
            ),
            clock
        );

    /// <summary>Runs a function on a thread of its own.</summary>
    internal static Task<T> StartThread<T>(Func<T> function) =>
        Task.Factory.StartNew(
            function,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

    private static Either<ClientError, LoadRun> Start<TSystem>(
        ConnectionSettings settings,
        EndPoint endPoint,
        LoadProfile profile,
        LoadClock clock,
        Either<IoError, SystemGroup<TSystem>> created
    )
        where TSystem : IConnectingSystem =>
        created.BiMap(
            Left: error => (ClientError)new ClientError.ConnectFailed(settings.Target, error.SocketError),
            Right: group =>
            {
                var loop = CreateLoop(group.Systems[0], settings, endPoint, profile, clock);
                return new LoadRun(loop, StartThread(loop.Run));
            }
        );
}
