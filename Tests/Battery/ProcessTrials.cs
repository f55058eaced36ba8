using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>What befalls the process itself.</summary>
internal static class ProcessTrials
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("a second server on the same port", [], Second),
        new("killed and started again on the same port", [], Killed) { IsDoneOnce = true },
        new("SIGHUP, over and over", [], Reloads),
    ];

    private static async Task<string> Second(Target target, Scale scale)
    {
        var port = target.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, _, error) = await Launched.Run(Launched.Server, ["--port", port]);
        Assert.Equal(3, exitCode);
        var line = Assert.Single(error.TrimEnd().Split('\n'));
        return $"exit code 3, \"{line}\"";
    }

    private static async Task<string> Killed(Target target, Scale scale)
    {
        target.AskToStop(PosixSignal.SIGTERM);
        var count = scale.Of(2, 50);
        var port = FreePort.Any().ToString(CultureInfo.InvariantCulture);
        for (var killed = 0; killed < count; killed++)
        {
            using var launched = Launched.Start(Launched.Server, ["--port", port]);
            var endPoint = await launched.ListensOn();
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Socketry.Visit(endPoint, "QUIT\n"));
            using var guest = await Socketry.Connect(endPoint);
            launched.Kill();
        }

        return $"{count} of {count} listened again, though a guest had been there";
    }

    private static async Task<string> Reloads(Target target, Scale scale)
    {
        var count = scale.Of(5, 200);
        for (var reload = 0; reload < count; reload++)
        {
            target.Signal(PosixSignal.SIGHUP);
            await target.PoliteVisit();
        }

        return $"{count} of them, each followed by a visit";
    }
}
