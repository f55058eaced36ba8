using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Signals, kills and restarts of the process.</summary>
internal static class ProcessTrials
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("a second server on the same port", [], Second),
        new("killed and restarted on the same port", [], Killed) { RunsOnce = true },
        new("repeated SIGHUP", [], Reloads),
        new(
            "stopped for longer than idle-timeout",
            ["--idle-timeout", "3s"],
            static (server, scale) => Paused(server, scale, before: "", then: "ECHO in time\n")
        ),
        new(
            "stopped for longer than line-timeout",
            ["--line-timeout", "3s"],
            static (server, scale) => Paused(server, scale, before: "ECHO ", then: "in time\n")
        ),
    ];

    private static async Task<string> Second(ServerProcess server, Scale scale)
    {
        var port = server.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, _, error) = await ProgramProcess.Run(ProgramProcess.Server, ["--port", port]);
        Assert.Equal(3, exitCode);
        var line = Assert.Single(error.TrimEnd().Split('\n'));
        return $"exit code 3, \"{line}\"";
    }

    private static async Task<string> Killed(ServerProcess server, Scale scale)
    {
        server.RequestStop(PosixSignal.SIGTERM);
        var count = scale.Choose(2, 50);
        var port = FreePort.Any().ToString(CultureInfo.InvariantCulture);
        for (var killed = 0; killed < count; killed++)
        {
            using var program = ProgramProcess.Start(ProgramProcess.Server, ["--port", port]);
            var endPoint = await program.ReadEndPoint();
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(endPoint, "QUIT\n"));
            using var client = await Loopback.Connect(endPoint);
            program.Kill();
        }

        return $"{count} of {count} starts listened; each was killed with an open connection";
    }

    /// <summary>Each client sends within its time-out, while the server is stopped: more clients than one wait reports.</summary>
    private static async Task<string> Paused(ServerProcess server, Scale scale, string before, string then)
    {
        var count = scale.Choose(Math.Min(600, Descriptors.Available), 3_000);
        var clients = await TestClients.All(count, _ => server.Connect().ReadGreeting());
        foreach (var client in clients)
        {
            await client.Send($"ECHO ready\n{before}");
        }

        Assert.All(
            await TestClients.All(count, number => clients[number].Read("ECHO ready\n".Length)),
            static reply => Assert.Equal("ECHO ready\n", reply)
        );
        await server.PauseFor(
            TimeSpan.FromSeconds(4),
            () => Task.WhenAll(clients.Select(client => client.Send(then)))
        );
        Assert.All(
            await TestClients.All(count, number => clients[number].Read("ECHO in time\n".Length)),
            static reply => Assert.Equal("ECHO in time\n", reply)
        );
        Array.ForEach(clients, static client => client.Dispose());
        return $"{count:N0} of {count:N0} clients that had sent in time were answered after 4 s";
    }

    private static async Task<string> Reloads(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(5, 200);
        for (var reload = 1; reload <= count; reload++)
        {
            server.Signal(PosixSignal.SIGHUP);
            await server.Probe();
            await server.WaitForLog("Settings reloaded", reload);
        }

        return $"{count} reloads, each followed by a successful probe";
    }
}
