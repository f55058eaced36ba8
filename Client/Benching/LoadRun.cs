using System.Net;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Client;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;

namespace TinyTcp.Cli.Benching;

/// <summary>Load on a server, from a thread of its own; this one looks on.</summary>
/// <param name="Loop">What runs there.</param>
/// <param name="Ended">Ends when it has.</param>
internal sealed record LoadRun(ILoad Loop, Task Ended)
{
    // What comes at once of all replies to a batch.
    private const int ReceiveBuffer = 64 * 1024;

    /// <summary>Starts it.</summary>
    internal static Either<ClientError, LoadRun> Start(
        Call call,
        EndPoint endPoint,
        Load load,
        LoadClock clock
    ) =>
        OperatingSystem.IsLinux()
            ? StartOn(call, endPoint, load, clock, LinuxSystem.CreateGroup(1, [], ReceiveBuffer))
            : StartOn(call, endPoint, load, clock, PortableSystem.CreateGroup(1, [], ReceiveBuffer));

    private static Either<ClientError, LoadRun> StartOn<TSystem>(
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
                var question = new Question(load.Asks, load.Depth, ReceiveBuffer);
                var system = group.Systems[0];
                var loop = new LoadLoop<TSystem>(system, call, endPoint, load, question, PaceOf(load), clock);
                return new LoadRun(loop, StartThread(loop.Run));
            }
        );

    /// <summary>When it asks.</summary>
    internal static Pace PaceOf(Load load) =>
        load.Rate.Match(
            Some: rate => (Pace)new OpenPace(load.Connections, load.Depth, new Arrivals(rate)),
            None: () => new ClosedPace(load.Connections, load.Depth)
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
