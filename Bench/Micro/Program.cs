using BenchmarkDotNet.Running;

namespace TinyTcp.Bench.Micro;

/// <summary>Runs the benchmarks that the arguments choose. The arguments are those of BenchmarkDotNet.</summary>
internal static class Program
{
    private static void Main(string[] arguments) =>
        BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(arguments);
}
