using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Many connections at once, and more than the limits allow.</summary>
internal static class ConnectionTrials
{
    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("simultaneous connections", [], Simultaneous),
        new("short connections without a pause", [], ShortConnections),
        new("one connection above max-connections", ["--max-connections", "10"], OneAboveLimit),
        new("many connections above max-connections", ["--max-connections", "3"], ManyAboveLimit),
        .. OperatingSystem.IsLinux() ? OnLinux : [],
    ];

    /// <summary>The trials that need 127.0.0.2 or a descriptor limit, which only Linux has.</summary>
    private static ImmutableArray<Trial> OnLinux =>
        [
            new("too many connections from one address", ["--max-connections-per-address", "8"], OneAddress),
            new("more connections than descriptors", [], MoreThanDescriptors) { Descriptors = 400 },
            new("no free descriptors", [], NoDescriptors) { RunsOnce = true },
        ];

    private static async Task<string> Simultaneous(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(200, 5_000);
        var start = Stopwatch.GetTimestamp();
        var connecting = TestClients.All(count, _ => server.Connect().ReadGreeting());
        var observed = await server.Observe(connecting);
        var elapsed = Stopwatch.GetElapsedTime(start);
        Array.ForEach(await connecting, static socket => socket.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} greeted within {elapsed.TotalMilliseconds:N0} ms, {observed}"
        );
    }

    private static async Task<string> ShortConnections(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(500, 50_000);
        var observed = await server.Observe(TestClients.ForEach(count, 50, _ => server.Probe()));
        return $"{count:N0} served, {observed}";
    }

    private static async Task<string> OneAboveLimit(ServerProcess server, Scale scale)
    {
        var descriptors = server.Footprint.Descriptors;
        var clients = await TestClients.All(10, _ => server.Connect().ReadGreeting());
        for (var count = 0; count < scale.Choose(10, 1_000); count++)
        {
            Assert.Equal(new("ERROR SERVER_BUSY\n", IsReset: false), await server.Exchange(""));
        }

        await clients[0].Send("ECHO me\n");
        Assert.Equal("ECHO me\n", await clients[0].Read(8));
        Array.ForEach(clients, static client => client.Dispose());
        await server.WaitForDescriptors(descriptors);
        return "each received SERVER_BUSY, an accepted connection is served";
    }

    /// <summary>Rejected connections do not delay an accepted one.</summary>
    private static async Task<string> ManyAboveLimit(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(200, 20_000);
        var descriptors = server.Footprint.Descriptors;
        var clients = await TestClients.All(3, _ => server.Connect().ReadGreeting());
        var rejecting = TestClients.ForEach(
            count,
            100,
            async _ =>
            {
                using var socket = await server.Connect();
                var received = await socket.ReadUntilClosed();
                Assert.Contains(received.Text, (string[])["ERROR SERVER_BUSY\n", ""]);
            }
        );
        var slowest = await Task.Factory.StartNew(
            () => SlowestEcho(clients[0], rejecting),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        await rejecting;
        Array.ForEach(clients, static client => client.Dispose());
        await server.WaitForDescriptors(descriptors);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} rejected, slowest reply to an accepted client {slowest.TotalMilliseconds:N0} ms, log lines: {server.Log.Count}"
        );
    }

    // Runs on a separate thread: the thread pool is busy with the load and would delay the client.
    private static TimeSpan SlowestEcho(Socket client, Task rejecting)
    {
        var slowest = TimeSpan.Zero;
        var reply = new byte[8];
        while (!rejecting.IsCompleted)
        {
            var start = Stopwatch.GetTimestamp();
            client.Send("ECHO me\n"u8);
            for (var at = 0; at < reply.Length; )
            {
                var received = client.Receive(reply.AsSpan(at));
                Assert.NotEqual(0, received);
                at += received;
            }

            Assert.Equal("ECHO me\n"u8.ToArray(), reply);
            var elapsed = Stopwatch.GetElapsedTime(start);
            slowest = elapsed > slowest ? elapsed : slowest;
        }

        return slowest;
    }

    private static async Task<string> OneAddress(ServerProcess server, Scale scale)
    {
        var descriptors = server.Footprint.Descriptors;
        var clients = await TestClients.All(8, _ => server.Connect().ReadGreeting());
        for (var count = 0; count < scale.Choose(10, 1_000); count++)
        {
            Assert.Equal(new("ERROR TOO_MANY_CONNECTIONS\n", IsReset: false), await server.Exchange(""));
        }

        var otherAddress = new IPEndPoint(IPAddress.Parse("127.0.0.2"), 0);
        using var other = await server.Connect(socket => socket.Bind(otherAddress));
        Assert.Equal(Simulation.Greeting, await other.Read(Simulation.Greeting.Length));
        other.Dispose();
        Array.ForEach(clients, static client => client.Dispose());
        await server.WaitForDescriptors(descriptors);
        return "each received TOO_MANY_CONNECTIONS, another address is served";
    }

    private static async Task<string> MoreThanDescriptors(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(600, 2_000);
        var descriptors = server.Footprint.Descriptors;
        var clients = await TestClients.All(
            count,
            async _ =>
            {
                var socket = await server.Connect();
                return (Socket: socket, Text: await socket.Read(Simulation.Greeting.Length));
            }
        );
        var served = clients.Count(static client => client.Text == Simulation.Greeting);
        Assert.All(
            clients,
            static client =>
                Assert.Contains(client.Text, (string[])[Simulation.Greeting, "ERROR SERVER_BUSY\n", ""])
        );
        Assert.InRange(served, 100, 399);
        Assert.Contains(
            server.Log,
            static line => line.Contains("max-connections", StringComparison.Ordinal)
        );
        Array.ForEach(clients, static client => client.Socket.Dispose());
        await server.WaitForDescriptors(descriptors);
        return $"400 descriptors, {count} connections: {served} served, the others rejected";
    }

    /// <summary>Lowers the limit of the running server to what is open, so that its reserve is unusable too.</summary>
    private static async Task<string> NoDescriptors(ServerProcess server, Scale scale)
    {
        var time = TimeSpan.FromSeconds(scale.Choose(1, 60));
        var limit = OpenFiles.Limit(server.ProcessId, (ulong)server.Footprint.Descriptors);
        var before = server.Log.Count;
        var clients = await TestClients.All(100, _ => server.Connect());
        var busy = Footprint.ProcessorTime(server.ProcessId);
        await Task.Delay(time);
        busy = Footprint.ProcessorTime(server.ProcessId) - busy;
        var logged = server.Log.Skip(before).ToList();

        OpenFiles.Limit(server.ProcessId, limit);
        var raised = Stopwatch.GetTimestamp();
        var greetings = await Task.WhenAll(
            clients.Select(static client => client.Read(Simulation.Greeting.Length))
        );
        var delay = Stopwatch.GetElapsedTime(raised);
        Assert.All(greetings, static greeting => Assert.Equal(Simulation.Greeting, greeting));
        Array.ForEach(clients, static client => client.Dispose());
        var line = Assert.Single(logged);
        Assert.Contains("RLIMIT_NOFILE", line, StringComparison.Ordinal);
        if (scale.IsFull)
        {
            Assert.InRange(busy / time, 0, 0.05);
            Assert.InRange(delay, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{time.TotalSeconds} s at {busy / time:P1} of a core, 1 log line, all {clients.Length} waiting connections served {delay.TotalMilliseconds:N0} ms after the limit was raised"
        );
    }
}
