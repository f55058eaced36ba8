namespace TinyTcp.Bench.Statistics;

/// <summary>
/// The values of several rounds. The median, because one disturbed round changes a mean and not a median; the minimum and
/// maximum, to show the noise.
/// </summary>
internal sealed record Summary(double Median, double Min, double Max, int Count)
{
    /// <summary>The summary of some values; null without a value.</summary>
    public static Summary? Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? null : new(MedianOf(sorted), sorted[0], sorted[^1], sorted.Count);
    }

    private static double MedianOf(List<double> sorted) =>
        (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
}
