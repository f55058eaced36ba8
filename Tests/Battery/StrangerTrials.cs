using System.Collections.Immutable;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that want something else.</summary>
internal static class StrangerTrials
{
    private const string Wrong = "ERROR WRONG_PROTOCOL\n";

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        Told("HTTP's GET", "GET / HTTP/1.1\r\nHost: here\r\n\r\n", Wrong),
        Told(
            "HTTP's POST with requests in its body",
            "POST / HTTP/1.1\r\nContent-Length: 17\r\n\r\nECHO x\nTIME\nQUIT\n",
            Wrong
        ),
        Told("HTTP after requests", "ECHO 1\nGET / HTTP/1.0\nECHO 2\n", $"ECHO 1\n{Wrong}"),
        Told("an ECHO that mentions HTTP", "ECHO GET / HTTP/1.1\nQUIT\n", "ECHO GET / HTTP/1.1\nBYE\n"),
        Told("TLS's hello", "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03ECHO x\n", Wrong),
        new("garbage", ["--idle-timeout", "3s", "--line-timeout", "3s"], Garbage),
    ];

    private static Trial Told(string name, string requests, string replies) =>
        new(
            name,
            [],
            async (target, scale) =>
            {
                var count = scale.Of(10, 2_000);
                await Guests.InTurns(
                    count,
                    20,
                    async _ =>
                        Assert.Equal(
                            new($"{Simulation.Greeting}{replies}", IsReset: false),
                            await target.Says(requests)
                        )
                );
                return $"{count:N0} told {replies.TrimEnd().Replace("\n", ", ", StringComparison.Ordinal)}";
            }
        );

    /// <summary>Random bytes; every line that comes back is a reply.</summary>
    private static async Task<string> Garbage(Target target, Scale scale)
    {
        var count = scale.Of(50, 5_000);
        var seed = Random.Shared.Next();
        var replies = 0;
        var sending = Guests.InTurns(
            count,
            50,
            async number =>
            {
                var bytes = new byte[2_000];
                new Random(seed + number).NextBytes(bytes);
                // Some as dense in LFs as text is.
                bytes = [.. bytes.Select(each => number % 2 == 0 && each < 32 ? (byte)'\n' : each)];
                using var socket = await target.Connect();
                var hearing = socket.Hear();
                await socket.SendAll(bytes);
                socket.Finish();
                var heard = await hearing;
                Assert.False(heard.IsReset, $"seed {seed + number}");
                var lines = heard.Said[..^1].Split('\n');
                Assert.All(
                    lines.Skip(1),
                    line => Assert.StartsWith("ERROR ", line, StringComparison.Ordinal)
                );
                Interlocked.Add(ref replies, lines.Length - 1);
            }
        );
        var watched = await target.Watch(sending);
        return $"{count:N0} clients of 2,000 random bytes each (seed {seed}), {replies:N0} replies, all of them errors, {watched}";
    }
}
