using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>Pauses of the client, most of them longer than the reply timeout: before which read of the clock, and how long.</summary>
public sealed record ClientPauses(ImmutableArray<(int Read, int Milliseconds)> Items)
{
    // A run on SimulatedLoad reads the clock some hundred times.
    private const int MaxRead = 300;

    internal static Gen<ClientPauses> Any { get; } =
        from count in Gen.Choose(1, 4)
        from items in (
            from read in Gen.Choose(1, MaxRead)
            from milliseconds in Gen.OneOf(Gen.Choose(1, 1_000), Gen.Choose(9_000, 60_000))
            select (read, milliseconds)
        ).ArrayOf(count)
        select new ClientPauses([.. items]);

    internal TimeSpan Before(int read) =>
        TimeSpan.FromMilliseconds(
            Items.Where(item => item.Read == read).Sum(static item => item.Milliseconds)
        );

    internal static IEnumerable<ClientPauses> Shrink(ClientPauses pauses) =>
        Shrinking
            .Shorter(pauses.Items)
            .Where(static items => items.Length > 0)
            .Select(static items => new ClientPauses([.. items]));

    public override string ToString() =>
        string.Join(", ", Items.Select(static item => $"{item.Milliseconds} ms before read {item.Read}"));
}
