using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench.Runner;

/// <summary>
/// The servers of a round. They keep running between measurements, so that a workload goes through all contenders within
/// seconds. While one is measured, SIGSTOP suspends the others.
/// </summary>
internal sealed class ServerPool(RunSettings settings) : IDisposable
{
    // One of each kind of request, so that a JIT compiles what the workloads use.
    private static readonly string[] WarmUpRequests =
    [
        "--request echo:5 --depth 1",
        "--request echo:100 --depth 16",
        "--request echo:4000 --depth 16",
        "--request time --depth 128",
    ];

    private readonly Dictionary<string, ServerProcess> servers = new(StringComparer.Ordinal);

    /// <summary>Suspends all servers.</summary>
    public void Suspend()
    {
        foreach (var server in servers.Values)
        {
            server.Suspend();
        }
    }

    /// <summary>A contender's server, resumed, or started and warmed up.</summary>
    public async Task<ServerProcess> GetAsync(Contender contender)
    {
        if (servers.TryGetValue(contender.Name, out var running))
        {
            running.Resume();
            return running;
        }

        var started = await StartAsync(contender);
        servers.Add(contender.Name, started);
        return started;
    }

    /// <summary>A new server outside the pool, warmed up; the caller disposes it.</summary>
    public async Task<ServerProcess> StartAsync(Contender contender)
    {
        var server = await ServerProcess.StartAsync(contender);
        try
        {
            await WarmUpAsync(server);
            return server;
        }
        catch (ProgramFailedException)
        {
            server.Dispose();
            throw;
        }
    }

    /// <summary>Stops a contender's server; the next measurement starts a new one.</summary>
    public void Remove(Contender contender)
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
    }

    private async Task WarmUpAsync(ServerProcess server)
    {
        var seconds =
            (server.Contender.IsJitted ? settings.JitWarmUp : settings.WarmUp) / (WarmUpRequests.Length + 1);
        var arguments = $"{server.DriverArguments} {LoadDriver.Lasting(seconds, warmUp: 0)} --connections 50";
        foreach (var request in WarmUpRequests)
        {
            await LoadDriver.RunAsync(Mode.Closed, $"{arguments} {request}");
        }

        await LoadDriver.RunAsync(Mode.Churn, $"{arguments} --request time");
    }
}
