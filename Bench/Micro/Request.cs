using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;

namespace TinyTcp.Bench.Micro;

/// <summary>A request that is a parameter of the benchmarks.</summary>
/// <param name="Name">Its name in BenchmarkDotNet's tables.</param>
/// <param name="Command">The command.</param>
public sealed record Request(string Name, Command Command)
{
    /// <summary>The shortest request.</summary>
    public static Request Time { get; } = new("TIME", Command.Time);

    /// <summary>TIME, and ECHO of the sizes of <c>Bench/run</c>.</summary>
    public static IEnumerable<Request> All => [Time, Echo(5), Echo(100), Echo(4_000)];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static Request Echo(int size) =>
        new($"ECHO {size}", LineText.From(new string('x', size)).Map(Command.Echo).IfNone(Command.Help));
}
