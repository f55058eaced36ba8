using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Bench.Statistics;

/// <summary>All figures of a run, and the questions that a report asks of them.</summary>
internal sealed class Samples(IEnumerable<Sample> all)
{
    private readonly ILookup<(string, string, string), Sample> byPlace = all.ToLookup(static sample =>
        (sample.Contender, sample.Cell, sample.Measure)
    );

    /// <summary>One figure, over all rounds.</summary>
    public Option<Spread> Of(string contender, string cell, string measure) =>
        Spread.Of(byPlace[(contender, cell, measure)].Select(static sample => sample.Value));

    /// <summary>
    /// How many times another's figure it is, in the same cell. Each round's figure is divided by the other's of the
    /// same round, taken seconds apart: what slowed the machine for a while slowed both.
    /// </summary>
    public Option<Spread> Ratio(string contender, string baseline, string cell, string measure) =>
        Ratio((contender, cell), (baseline, cell), measure);

    /// <summary>The same between two cells.</summary>
    public Option<Spread> Ratio(
        (string Contender, string Cell) of,
        (string Contender, string Cell) to,
        string measure
    )
    {
        var divisors = byPlace[(to.Contender, to.Cell, measure)].ToImmutableArray();
        return Spread.Of(
            from sample in byPlace[(of.Contender, of.Cell, measure)]
            join divisor in divisors on sample.Round equals divisor.Round
            where divisor.Value > 0
            select sample.Value / divisor.Value
        );
    }

    /// <summary>
    /// How far a figure swings over several cells: ± so many per cent round the middle of its least and greatest, in
    /// each round that has all cells.
    /// </summary>
    public Option<Spread> Swing(string contender, ImmutableArray<string> cells, string measure) =>
        Spread.Of(
            from sample in cells.SelectMany(cell => byPlace[(contender, cell, measure)])
            group sample.Value by sample.Round into figures
            where figures.Count() == cells.Length
            select 100 * (figures.Max() - figures.Min()) / (figures.Max() + figures.Min())
        );
}
