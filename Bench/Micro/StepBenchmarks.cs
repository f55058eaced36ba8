using BenchmarkDotNet.Attributes;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Bench.Micro;

/// <summary>A session's step over a batch of requests, which the event loop calls once per receive.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private static readonly Now CurrentTime = new(
        TimeSpan.FromSeconds(1),
        new DateTimeOffset(2025, 9, 12, 17, 24, 13, TimeSpan.FromHours(-5))
    );

    private readonly byte[] buffer = new byte[1 << 20];
    private ReadOnlyMemory<byte> batch;
    private Session greeted;

    /// <summary>The request.</summary>
    [ParamsSource(nameof(Requests))]
    public Request Request { get; set; } = Micro.Request.Time;

    /// <summary>How many requests are received at once.</summary>
    [Params(1, 16, 128)]
    public int Batch { get; set; }

    /// <summary>The values of <see cref="Request"/>.</summary>
    public static IEnumerable<Request> Requests => Micro.Request.All;

    /// <summary>Creates the batch and a session that has sent the greeting.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        greeted = SessionMachine
            .Step(default, SessionEvent.Opened, CurrentTime, Limits.Default, buffer)
            .Session;
        Protocol.TryRender(Request.Command, buffer, out var length);
        batch = Enumerable.Repeat(buffer[..length], Batch).SelectMany(static line => line).ToArray();
    }

    /// <summary>One step for the whole batch.</summary>
    [Benchmark]
    public StepResult Step() =>
        SessionMachine.Step(greeted, SessionEvent.Received(batch), CurrentTime, Limits.Default, buffer);
}
