using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>A load, and a network that splits requests and replies.</summary>
/// <param name="Connections">The number of connections.</param>
/// <param name="Depth">The most requests in flight on a connection.</param>
/// <param name="IsOpen">Whether it is an open loop.</param>
/// <param name="ReceiveWindow">The most bytes of requests that the network accepts at once.</param>
/// <param name="Segmentation">How the network splits replies.</param>
public sealed record SimulatedLoad(
    int Connections,
    int Depth,
    bool IsOpen,
    int ReceiveWindow,
    Segmentation Segmentation
)
{
    internal LoadProfile Profile =>
        LoadLoopTests.Closed with
        {
            Connections = Connections,
            Depth = Depth,
            Rate = IsOpen ? 2_000L : Option<long>.None,
            WarmUp = TimeSpan.Zero,
            Duration = TimeSpan.FromMilliseconds(5),
        };

    internal static Gen<SimulatedLoad> Any { get; } =
        from connections in Gen.Choose(1, 4)
        from depth in Gen.Choose(1, 20)
        from isOpen in Gen.Elements(true, false)
        from window in Gen.OneOf(Gen.Choose(1, 40), Gen.Choose(40, 400))
        from segmentation in ConversationGenerators.Segmentation
        select new SimulatedLoad(connections, depth, isOpen, window, segmentation);

    internal static IEnumerable<SimulatedLoad> Shrink(SimulatedLoad load) =>
        ConversationGenerators
            .Shrink(load.Segmentation)
            .Select(segmentation => load with { Segmentation = segmentation })
            .Concat(
                new[]
                {
                    load with
                    {
                        Connections = 1,
                    },
                    load with
                    {
                        Depth = 1,
                    },
                    load with
                    {
                        Depth = Math.Max(1, load.Depth / 2),
                    },
                    load with
                    {
                        ReceiveWindow = 400,
                    },
                }.Where(smaller => smaller != load)
            );
}
