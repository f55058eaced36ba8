using System.Net;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;

namespace TinyTcp.Cli.Bench;

/// <summary>Load on a server, from a thread of its own; this one looks on.</summary>
/// <param name="Loop">What runs there.</param>
/// <param name="Completion">Ends when it has.</param>
internal sealed record LoadRun(ILoadLoop Loop, Task Completion)
{
    // What comes at once of all replies to a batch.
    private const int ReceiveBuffer = 64 * 1024;

    /// <summary>Starts it.</summary>
    internal static Either<ClientError, LoadRun> Start(
        ConnectionSettings settings,
        EndPoint endPoint,
        LoadProfile profile,
        LoadClock clock
    ) =>
        OperatingSystem.IsLinux()
            ? StartWith(settings, endPoint, profile, clock, LinuxSystem.CreateGroup(1, [], ReceiveBuffer))
            : StartWith(settings, endPoint, profile, clock, PortableSystem.CreateGroup(1, [], ReceiveBuffer));

    private static Either<ClientError, LoadRun> StartWith<TSystem>(
        ConnectionSettings settings,
        EndPoint endPoint,
        LoadProfile profile,
        LoadClock clock,
        Either<IoError, SystemGroup<TSystem>> group
    )
        where TSystem : IConnectingSystem =>
        group.BiMap(
            Left: error => (ClientError)new ClientError.ConnectFailed(settings.Target, error.SocketError),
            Right: group =>
            {
                var question = new RequestTemplate(profile.Request, profile.Depth, ReceiveBuffer);
                var system = group.Systems[0];
                var loop = new LoadLoop<TSystem>(
                    system,
                    settings,
                    endPoint,
                    profile,
                    question,
                    CreateScheduler(profile),
                    clock
                );
                return new LoadRun(loop, StartThread(loop.Run));
            }
        );

    /// <summary>When it asks.</summary>
    internal static LoadScheduler CreateScheduler(LoadProfile profile) =>
        profile.Rate.Match(
            Some: rate =>
                (LoadScheduler)new OpenLoopScheduler(profile.Connections, profile.Depth, new Arrivals(rate)),
            None: () => new ClosedLoopScheduler(profile.Connections, profile.Depth)
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
