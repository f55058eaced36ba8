using System.Globalization;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reports;

/// <summary>Numbers with about three significant digits.</summary>
internal static class NumberText
{
    /// <summary>The median, with the minimum and maximum if there are several rounds; a dash for null.</summary>
    public static string Format(Summary? summary) =>
        summary switch
        {
            null => "–",
            { Count: 1 } => Format(summary.Median),
            _ => $"{Format(summary.Median)} ({Format(summary.Min)}–{Format(summary.Max)})",
        };

    /// <summary>A number.</summary>
    public static string Format(double value)
    {
        var format = Math.Abs(value) switch
        {
            0 => "0",
            < 0.1 => "0.0000",
            < 1 => "0.000",
            < 10 => "0.00",
            < 100 => "0.0",
            _ => "#,0",
        };
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
