using System.Net;
using LanguageExt;
using TinyTcp.Cli.Benching;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Client;
using TinyTcp.Systems.Linux;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Client.Benching;

/// <summary>What the load's loop allocates on a real system: nothing for a request.</summary>
public class LoadAllocationTests(ITestOutputHelper output)
{
    // What connections and greetings take, generously.
    private const long AtTheBeginning = 20_000;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_takes_no_memory(bool isOpen)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = Truthful.Server();
        var load = LoadLoopTests.Closed with
        {
            Depth = 100,
            Rate = isOpen ? 100_000L : Option<long>.None,
            Duration = TimeSpan.FromSeconds(0.3),
        };
        var (bytes, requests) = await LoadRun.StartThread(() => Run(server.Port, load));
        output.WriteLine($"{bytes} bytes for {requests} requests");
        // An object takes 24 bytes at least.
        Assert.InRange(bytes, 0, AtTheBeginning + (requests * 12));
    }

    private static (long Bytes, long Requests) Run(int port, Load load)
    {
        var clock = new LoadClock(TimeProvider.System);
        var loop = new LoadLoop<LinuxSystem>(
            TestValues.Right(LinuxSystem.CreateGroup(1, [], 64 * 1024)).Systems[0],
            new Cli.Call(TestValues.Right(Target.From($"127.0.0.1:{port}")), ClientOptions.Default),
            new IPEndPoint(IPAddress.Loopback, port),
            load,
            new Question(load.Asks, load.Depth, 64 * 1024),
            LoadRun.PaceOf(load),
            clock
        );
        var before = GC.GetAllocatedBytesForCurrentThread();
        loop.Run();
        return (GC.GetAllocatedBytesForCurrentThread() - before, loop.Handover.Counting.Requests);
    }
}
