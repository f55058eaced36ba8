using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Systems.Simulated;

namespace TinyTcp.Tests.Server;

/// <summary>A client that reads steadily.</summary>
/// <param name="RequestCount">How many requests it sends at first.</param>
/// <param name="BytesPerRead">How many bytes it reads at a time.</param>
/// <param name="Interval">The time between two reads, as a share of the write timeout.</param>
/// <param name="Window">Its receive window.</param>
/// <param name="Buffer">The server's send buffer.</param>
public sealed record SlowReader(int RequestCount, int BytesPerRead, double Interval, int Window, int Buffer)
{
    /// <summary>What it continues to send.</summary>
    internal const string More = "ECHO more\n";

    /// <summary>The requests that it sends at first; the replies are the same text.</summary>
    internal string Requests =>
        string.Concat(Enumerable.Range(0, RequestCount).Select(static number => $"ECHO {number}\n"));

    internal SimulatedPeer CreatePeer() =>
        new()
        {
            ReceiveWindow = Window,
            SendBuffer = Buffer,
            ReadsAtOnce = false,
        };

    internal static Arbitrary<SlowReader> Arbitrary() =>
        Arb.From(
            from requests in Gen.Choose(0, 300)
            from read in Gen.Choose(1, 100)
            from interval in Gen.Choose(1, 100)
            from window in Gen.Choose(1, 200)
            from buffer in Gen.Choose(0, 2_000)
            select new SlowReader(requests, read, interval / 100d, window, buffer),
            static reader =>
                Shrunk(reader.RequestCount, 0)
                    .Select(count => reader with { RequestCount = count })
                    .Concat(Shrunk(reader.Window, 1).Select(window => reader with { Window = window }))
                    .Concat(Shrunk(reader.Buffer, 0).Select(buffer => reader with { Buffer = buffer }))
        );

    private static IEnumerable<int> Shrunk(int value, int least) =>
        value > least ? [least, (value + least) / 2, value - 1] : [];
}
