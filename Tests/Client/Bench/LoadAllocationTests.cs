using System.Net;
using LanguageExt;
using TinyTcp.Cli.Bench;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Systems.Linux;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>What the load loop allocates on a real system.</summary>
public class LoadAllocationTests(ITestOutputHelper output)
{
    // Connections and greetings.
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
        // The smallest object has 24 bytes.
        Assert.InRange(bytes, 0, SetupBytes + (requests * 12));
    }

    private static (long Bytes, long Requests) Run(int port, LoadProfile profile)
    {
        var loop = LoadRun.CreateLoop(
            TestValues.Right(LinuxSystem.CreateGroup(1, [], 64 * 1024)).Systems[0],
            new ConnectionSettings(
                TestValues.Right(ServerEndPoint.From($"127.0.0.1:{port}")),
                ClientOptions.Default
            ),
            new IPEndPoint(IPAddress.Loopback, port),
            profile,
            new LoadClock(TimeProvider.System)
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        loop.Run();
        return (GC.GetAllocatedBytesForCurrentThread() - before, loop.Result.Requests);
    }
}
