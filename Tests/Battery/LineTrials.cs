using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Lines that are too long, too many, or blank.</summary>
internal static class LineTrials
{
    private const int MaxMemoryGrowth = 2 * 1_024;
    private const int Block = 1_024 * 1_024;

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("one endless line", ["--line-timeout", "0"], EndlessLine),
        new("many endless lines", ["--line-timeout", "1s"], EndlessLines),
        new("unfinished lines on many connections", [], UnfinishedLines),
        new("lines of the maximum length, one byte less, one more", [], Boundary),
        new("pipelined requests at full speed", [], Pipeline),
        new("blank lines at full speed", [], BlankLines),
        new("invalid requests at full speed", ["--max-errors", "100"], InvalidRequests),
    ];

    private static async Task<string> EndlessLine(ServerProcess server, Scale scale)
    {
        var megabytes = scale.Choose(16, 5 * 1_024);
        using var socket = await server.Connect().ReadGreeting();
        // Hot code is recompiled before memory is measured.
        await SendBlocks(socket, 0, scale.Choose(1, 1_024));
        var before = server.Footprint.Memory;
        var sending = SendBlocks(socket, 0, megabytes);
        var observed = await server.Observe(sending);
        await socket.Send("\nECHO still here\n");
        const string Replies = "ERROR LINE_TOO_LONG\nECHO still here\n";
        Assert.Equal(Replies, await socket.Read(Replies.Length));
        var growth = observed.PeakMemory - before;
        if (scale.IsFull)
        {
            Assert.InRange(growth, long.MinValue, MaxMemoryGrowth);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{megabytes:N0} MiB, memory grew by {growth:N0} KiB, {observed}"
        );
    }

    private static Task SendBlocks(Socket socket, byte value, int megabytes) =>
        Task.Run(async () =>
        {
            var block = Enumerable.Repeat(value, Block).ToArray();
            for (var sent = 0; sent < megabytes; sent++)
            {
                Assert.True(await socket.SendAll(block));
            }
        });

    private static async Task<string> EndlessLines(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(20, 1_000);
        var sending = TestClients.All(
            count,
            async _ =>
            {
                using var socket = await server.Connect();
                return await socket.SendRepeatedly(new string('x', 10_000), TimeSpan.FromMilliseconds(100));
            }
        );
        var observed = await server.Observe(sending);
        var replies = $"{Simulation.Greeting}ERROR LINE_TOO_LONG\nERROR LINE_TIMEOUT\n";
        Assert.All(await sending, received => Assert.Equal(replies, received.Text));
        return $"{count} of {count} received LINE_TOO_LONG and LINE_TIMEOUT, {observed}";
    }

    /// <summary>Memory is released although the last connection stays open.</summary>
    private static async Task<string> UnfinishedLines(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(50, 5_000);
        var before = server.Footprint;
        var half = Encoding.ASCII.GetBytes(new string('x', 8_000));
        var clients = new List<Socket>();
        for (var index = 0; index < count; index++)
        {
            clients.Add(await server.Connect().ReadGreeting());
            await clients[^1].SendAll(half);
        }

        await server.Probe();
        var used = server.Footprint.Memory - before.Memory;
        clients.SkipLast(1).ToList().ForEach(static client => client.Dispose());
        await server.WaitForDescriptors(before.Descriptors + 1);
        var left = await MemoryAfter(server, TimeSpan.FromSeconds(scale.Choose(0, 15))) - before.Memory;
        clients[^1].Dispose();
        Assert.InRange(left, long.MinValue, scale.Choose(int.MaxValue, BatteryTests.MaxMemoryGrowth));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} lines of {half.Length:N0} bytes: {used:N0} KiB; {left:N0} KiB after all but one connection closed"
        );
    }

    private static async Task<long> MemoryAfter(ServerProcess server, TimeSpan time)
    {
        await server.Observe(Task.Delay(time));
        return server.Footprint.Memory;
    }

    private static async Task<string> Boundary(ServerProcess server, Scale scale)
    {
        foreach (var (length, fits) in ((int, bool)[])[(8_191, true), (8_192, true), (8_193, false)])
        {
            var line = $"ECHO {new string('x', length - 5)}\n";
            var received = await server.Exchange(line);
            Assert.Equal(Simulation.Greeting + (fits ? line : "ERROR LINE_TOO_LONG\n"), received.Text);
        }

        return "8,191 and 8,192 bytes answered, 8,193 received LINE_TOO_LONG";
    }

    /// <summary>A client with many requests does not delay the others.</summary>
    private static async Task<string> Pipeline(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(100_000, 10_000_000);
        using var socket = await server.Connect().ReadGreeting();
        var line = "ECHO 12345\n";
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(line, 1_000)));
        var sending = Task.Run(async () =>
        {
            for (var sent = 0; sent < count; sent += 1_000)
            {
                Assert.True(await socket.SendAll(block));
            }
        });
        var reading = Task.Run(async () =>
        {
            for (var received = 0; received < count; received += 1_000)
            {
                Assert.Equal(Encoding.ASCII.GetString(block), await socket.Read(block.Length));
            }
        });
        var observed = await server.Observe(Task.WhenAll(sending, reading));
        return $"{count:N0} answered, {observed}";
    }

    private static async Task<string> BlankLines(ServerProcess server, Scale scale)
    {
        var megabytes = scale.Choose(1, 100);
        using var socket = await server.Connect().ReadGreeting();
        var observed = await server.Observe(SendBlocks(socket, (byte)'\n', megabytes));
        await socket.Send("ECHO still here\n");
        Assert.Equal("ECHO still here\n", await socket.Read(16));
        return $"{megabytes} Mi blank lines, {observed}";
    }

    private static async Task<string> InvalidRequests(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(20, 10_000);
        var lines = string.Concat(Enumerable.Repeat("nonsense\n", 150));
        var replies = string.Concat(Enumerable.Repeat("ERROR UNKNOWN_COMMAND\n", 100));
        var sending = TestClients.ForEach(
            count,
            50,
            async _ =>
                Assert.Equal(
                    new($"{Simulation.Greeting}{replies}ERROR TOO_MANY_ERRORS\n", IsReset: false),
                    await server.Exchange(lines)
                )
        );
        var lineCount = server.Log.Count;
        var observed = await server.Observe(sending);
        Assert.Equal(lineCount, server.Log.Count);
        return $"{count:N0} received TOO_MANY_ERRORS after 100 errors, nothing logged, {observed}";
    }
}
