using BenchmarkDotNet.Attributes;
using TinyTcp.Core.Wire;

namespace TinyTcp.Bench.Micro;

/// <summary>Finding where a line ends.</summary>
[MemoryDiagnoser]
public class LineBenchmarks
{
    private byte[] bytes = [];

    /// <summary>How far away the LF is.</summary>
    [Params(5, 100, 4_000)]
    public int Length { get; set; }

    /// <summary>Makes the line.</summary>
    [GlobalSetup]
    public void SetUp() => bytes = [.. Enumerable.Repeat((byte)'x', Length), Grammar.Lf];

    /// <summary>All of it is new.</summary>
    [Benchmark]
    public int IndexOfEnd() => LineFraming.IndexOfLineEnd(bytes, scanned: 0);

    /// <summary>All but the LF was looked at before.</summary>
    [Benchmark]
    public int IndexOfEndOfKnown() => LineFraming.IndexOfLineEnd(bytes, scanned: Length);
}
