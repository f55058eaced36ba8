using System.Collections.Immutable;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that speak another protocol.</summary>
internal static class OtherProtocolTrials
{
    private const string Wrong = "ERROR WRONG_PROTOCOL\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        Exchange("an HTTP GET", "GET / HTTP/1.1\r\nHost: here\r\n\r\n", Wrong),
        Exchange(
            "an HTTP POST with requests in its body",
            "POST / HTTP/1.1\r\nContent-Length: 17\r\n\r\nECHO x\nTIME\nQUIT\n",
            Wrong
        ),
        Exchange("HTTP after requests", "ECHO 1\nGET / HTTP/1.0\nECHO 2\n", $"ECHO 1\n{Wrong}"),
        Exchange("an ECHO that mentions HTTP", "ECHO GET / HTTP/1.1\nQUIT\n", "ECHO GET / HTTP/1.1\nBYE\n"),
        Exchange("a TLS ClientHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03ECHO x\n", Wrong),
        new("random bytes", ["--idle-timeout", "3s", "--line-timeout", "3s"], RandomBytes),
    ];

    private static Trial Exchange(string name, string requests, string replies) =>
        new(
            name,
            [],
            async (server, scale) =>
            {
                var count = scale.Choose(10, 2_000);
                await TestClients.ForEach(
                    count,
                    20,
                    async _ =>
                        Assert.Equal(
                            new($"{Simulation.Greeting}{replies}", IsReset: false),
                            await server.Exchange(requests)
                        )
                );
                var received = replies.TrimEnd().Replace("\n", ", ", StringComparison.Ordinal);
                return $"{count:N0} received {received}";
            }
        );

    /// <summary>Every line that random bytes cause is a well-formed error.</summary>
    private static async Task<string> RandomBytes(ServerProcess server, Scale scale)
    {
        var count = scale.Choose(50, 5_000);
        var seed = Random.Shared.Next();
        var replies = 0;
        var sending = TestClients.ForEach(
            count,
            50,
            async number =>
            {
                var bytes = new byte[2_000];
                new Random(seed + number).NextBytes(bytes);
                // Half of the clients send LFs as often as text has them.
                bytes = [.. bytes.Select(value => number % 2 == 0 && value < 32 ? (byte)'\n' : value)];
                using var socket = await server.Connect();
                var reading = socket.ReadUntilClosed();
                await socket.SendAll(bytes);
                socket.ShutdownSend();
                var received = await reading;
                Assert.False(received.IsReset, $"seed {seed + number}");
                var lines = received.Text[..^1].Split('\n');
                Assert.All(
                    lines.Skip(1),
                    line => Assert.StartsWith("ERROR ", line, StringComparison.Ordinal)
                );
                Interlocked.Add(ref replies, lines.Length - 1);
            }
        );
        var observed = await server.Observe(sending);
        return $"{count:N0} clients with 2,000 bytes each (seed {seed}), {replies:N0} replies, all errors, {observed}";
    }
}
