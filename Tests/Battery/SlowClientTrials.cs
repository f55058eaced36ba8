using System.Collections.Immutable;
using System.Text;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that send or read slowly or not at all.</summary>
internal static class SlowClientTrials
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new("one byte per 100 ms, never an LF", ["--line-timeout", "1s"], BytePerInterval),
        new("idle connections", ["--idle-timeout", "2s"], Idle),
        new("lines sent one byte per packet", [], BytePerPacket),
        new("a slow reader", ["--write-timeout", "3s"], SlowReader),
    ];

    private static async Task<string> BytePerInterval(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(20, 1_000);
        var sending = TestClients.All(
            count,
            async _ =>
            {
                using var socket = await server.Connect();
                return await socket.SendRepeatedly("x", Interval);
            }
        );
        var observed = await server.Observe(sending);
        Assert.All(
            await sending,
            static received => Assert.Equal($"{Simulation.Greeting}ERROR LINE_TIMEOUT\n", received.Text)
        );
        return $"{count} of {count} received LINE_TIMEOUT, {observed}";
    }

    private static async Task<string> Idle(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(20, 1_000);
        var waiting = TestClients.All(
            count,
            async _ =>
            {
                using var socket = await server.Connect();
                return await socket.ReadUntilClosed();
            }
        );
        var observed = await server.Observe(waiting);
        Assert.All(
            await waiting,
            static received =>
                Assert.Equal(new($"{Simulation.Greeting}ERROR IDLE_TIMEOUT\n", IsReset: false), received)
        );
        return $"{count} of {count} received IDLE_TIMEOUT, {observed}";
    }

    private static async Task<string> BytePerPacket(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(2, 50);
        var line = $"ECHO {new string('x', 8_187)}\n";
        var sending = TestClients.All(
            count,
            async _ =>
            {
                using var socket = await server.Connect().ReadGreeting();
                socket.NoDelay = true;
                foreach (var letter in line)
                {
                    await socket.SendAsync(new[] { (byte)letter });
                }

                return await socket.Read(line.Length);
            }
        );
        var observed = await server.Observe(sending);
        Assert.All(await sending, received => Assert.Equal(line, received));
        return $"{count} lines sent in {line.Length:N0} segments each, all answered, {observed}";
    }

    /// <summary>Each client reads within the write time-out, and takes several time-outs to read everything.</summary>
    private static async Task<string> SlowReader(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(2, 100);
        var requests = Encoding.ASCII.GetBytes(
            string.Concat(Enumerable.Repeat($"ECHO {new string('x', 1_000)}\n", 2_000))
        );
        var reading = TestClients.All(count, _ => ReadSlowly(server, requests));
        var observed = await server.Observe(reading);
        Assert.All(await reading, received => Assert.Equal(Encoding.ASCII.GetString(requests), received));
        return $"{count} clients received all of {requests.Length / 1_024:N0} KiB, {observed}";
    }

    private static async Task<string> ReadSlowly(ServerProcess server, byte[] requests)
    {
        using var socket = await server
            .Connect(static socket => socket.ReceiveBufferSize = 64 * 1_024)
            .ReadGreeting();
        var sending = socket.SendAll(requests);
        var text = new StringBuilder();
        using var timer = new PeriodicTimer(3 * Interval);
        while (text.Length < requests.Length && await timer.WaitForNextTickAsync())
        {
            text.Append(await socket.Read(Math.Min(80_000, requests.Length - text.Length)));
        }

        await sending;
        return text.ToString();
    }
}
