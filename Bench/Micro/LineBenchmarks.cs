using BenchmarkDotNet.Attributes;
using TinyTcp.Core.Wire;

namespace TinyTcp.Bench.Micro;

/// <summary>Finding the end of a line.</summary>
[MemoryDiagnoser]
public class LineBenchmarks
{
    private byte[] bytes = [];

    /// <summary>Bytes before the LF.</summary>
    [Params(5, 100, 4_000)]
    public int Length { get; set; }

    /// <summary>Creates the line.</summary>
    [GlobalSetup]
    public void SetUp() => bytes = [.. Enumerable.Repeat((byte)'x', Length), Grammar.Lf];

    /// <summary>No byte was scanned before.</summary>
    [Benchmark]
    public int IndexOfEnd() => LineFraming.IndexOfLineEnd(bytes, scanned: 0);

    /// <summary>All bytes before the LF were scanned before.</summary>
    [Benchmark]
    public int IndexOfEndAfterScan() => LineFraming.IndexOfLineEnd(bytes, scanned: Length);
}
