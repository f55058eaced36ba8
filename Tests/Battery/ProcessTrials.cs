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
