using LanguageExt;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench.Running;

/// <summary>
/// The contenders that run in a round. All of them stay up while one is measured: so a cell goes through them within
/// seconds, and what slows the machine for a while slows all. Those that wait are stopped, and so cannot disturb it.
/// </summary>
internal sealed class Field(Pace pace) : IDisposable
{
    // What a server sees of the plan, in short: a program compiled as it runs has to have met each kind of request.
    private static readonly (string Request, string Depth)[] Kinds =
    [
        ("echo:5", "1"),
        ("echo:100", "16"),
        ("echo:4000", "16"),
        ("time", "128"),
    ];

    private readonly Dictionary<string, RunningServer> servers = new(StringComparer.Ordinal);

    /// <summary>Stops all, whatever they are at.</summary>
    public Task Rest() => Signals.Send("STOP", servers.Values);

    /// <summary>The contender's server of this round, started and warm.</summary>
    public async Task<Either<string, RunningServer>> Get(Contender contender)
    {
        if (servers.TryGetValue(contender.Name, out var running))
        {
            await Signals.Send("CONT", [running]);
            return running;
        }

        var started = await StartWarm(contender);
        started.IfRight(server => servers.Add(contender.Name, server));
        return started;
    }

    /// <summary>A server of its own, started and warm.</summary>
    public async Task<Either<string, RunningServer>> StartWarm(Contender contender)
    {
        var started = await RunningServer.Start(contender);
        foreach (var server in started.RightAsEnumerable())
        {
            await WarmUp(server);
        }

        return started;
    }

    /// <summary>Ends a server that did not answer as it should.</summary>
    public void Drop(Contender contender)
    {
        if (servers.Remove(contender.Name, out var server))
        {
            server.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var server in servers.Values)
        {
            server.Dispose();
        }

        servers.Clear();
    }

    // What goes wrong here goes wrong in a cell, too, and is reported there.
    private async Task WarmUp(RunningServer server)
    {
        var contender = server.Contender;
        var seconds = (contender.IsJitted ? pace.JitWarmUp : pace.WarmUp) / (Kinds.Length + 1);
        var lasting = Driver.Lasting(seconds, warmUp: 0);
        foreach (var (request, depth) in contender.Speaks == Dialect.Memcached ? Kinds[^1..] : Kinds)
        {
            await Driver.Run(
                Driver.Command(
                    Mode.Closed,
                    server.Target,
                    ["--request", request, "--depth", depth, "--connections", "50", .. lasting]
                )
            );
        }

        await Driver.Run(
            Driver.Command(
                Mode.Churn,
                server.Target,
                ["--request", "time", "--connections", "50", .. lasting]
            )
        );
    }
}
