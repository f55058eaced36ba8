using System.Net;
using LanguageExt;
using TinyTcp.Cli.Bench;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems.Linux;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>What the load's loop allocates on a real system: nothing for a request.</summary>
public class LoadAllocationTests(ITestOutputHelper output)
{
    // What connections and greetings take, generously.
    private const long SetupBytes = 20_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_allocates_nothing(bool isOpen)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = ReferenceServer.Start();
        var load = LoadLoopTests.Closed with
        {
            Depth = 100,
            Rate = isOpen ? 100_000L : Option<long>.None,
            Duration = TimeSpan.FromSeconds(0.3),
        };
        var (bytes, requests) = await LoadRun.StartThread(() => Run(server.Port, load));
        output.WriteLine($"{bytes} bytes for {requests} requests");
        // An object takes 24 bytes at least.
        Assert.InRange(bytes, 0, SetupBytes + (requests * 12));
    }

    private static (long Bytes, long Requests) Run(int port, LoadProfile load)
    {
        var clock = new LoadClock(TimeProvider.System);
        var loop = new LoadLoop<LinuxSystem>(
            TestValues.Right(LinuxSystem.CreateGroup(1, [], 64 * 1024)).Systems[0],
            new TinyTcp.Cli.Parsing.ConnectionSettings(
                TestValues.Right(ServerEndPoint.From($"127.0.0.1:{port}")),
                ClientOptions.Default
            ),
            new IPEndPoint(IPAddress.Loopback, port),
            load,
            new RequestTemplate(load.Request, load.Depth, 64 * 1024),
            LoadRun.CreateScheduler(load),
            clock
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        loop.Run();
        return (GC.GetAllocatedBytesForCurrentThread() - before, loop.Results.Active.Requests);
    }
}
