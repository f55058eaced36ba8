using BenchmarkDotNet.Attributes;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;

namespace TinyTcp.Bench.Micro;

/// <summary>A session's step over a batch of requests: what the loop calls once a receive.</summary>
[MemoryDiagnoser]
public class StepBenchmarks
{
    private static readonly Now Moment = new(
        TimeSpan.FromSeconds(1),
        new DateTimeOffset(2025, 9, 12, 17, 24, 13, TimeSpan.FromHours(-5))
    );

    private readonly byte[] room = new byte[1 << 20];
    private ReadOnlyMemory<byte> batch;
    private Session greeted;

    /// <summary>What is asked.</summary>
    [ParamsSource(nameof(Requests))]
    public Request Asked { get; set; } = Request.Time;

    /// <summary>How many requests come at once.</summary>
    [Params(1, 16, 128)]
    public int Batch { get; set; }

    /// <summary>The requests that the server is measured with.</summary>
    public static IEnumerable<Request> Requests => Request.All;

    /// <summary>Makes the batch, and a session that has greeted.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        greeted = SessionMachine.Step(default, SessionEvent.Opened, Moment, Limits.Default, room).Session;
        Protocol.TryRender(Asked.Command, room, out var length);
        batch = Enumerable.Repeat(room[..length], Batch).SelectMany(static line => line).ToArray();
    }

    /// <summary>The whole batch in one step.</summary>
    [Benchmark]
    public StepResult Step() =>
        SessionMachine.Step(greeted, SessionEvent.Received(batch), Moment, Limits.Default, room);
}
