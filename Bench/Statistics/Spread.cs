using System.Collections.Immutable;
using LanguageExt;

namespace TinyTcp.Bench.Statistics;

/// <summary>
/// What several rounds gave: the middle, and how far they lie apart. Medians, because one round that another process
/// disturbed moves a mean and not a median.
/// </summary>
/// <param name="Median">The middle value.</param>
/// <param name="Least">The least value.</param>
/// <param name="Lower">The lower quartile.</param>
/// <param name="Upper">The upper quartile.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Rounds">How many values there were.</param>
internal sealed record Spread(
    double Median,
    double Least,
    double Lower,
    double Upper,
    double Most,
    int Rounds
)
{
    /// <summary>The spread of some values; none where there are none.</summary>
    public static Option<Spread> Of(IEnumerable<double> values)
    {
        ImmutableArray<double> sorted = [.. values.Order()];
        return sorted.IsEmpty
            ? Option<Spread>.None
            : new Spread(
                Quantile(sorted, 0.5),
                sorted[0],
                Quantile(sorted, 0.25),
                Quantile(sorted, 0.75),
                sorted[^1],
                sorted.Length
            );
    }

    /// <summary>A quantile, on the line between the two values that it falls between.</summary>
    private static double Quantile(ImmutableArray<double> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
