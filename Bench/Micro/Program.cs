using BenchmarkDotNet.Running;

namespace TinyTcp.Bench.Micro;

/// <summary>Runs the benchmarks that the arguments choose, as BenchmarkDotNet understands them.</summary>
internal static class Program
{
    private static void Main(string[] arguments) =>
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
}
