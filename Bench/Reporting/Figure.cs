using System.Globalization;
using LanguageExt;
using TinyTcp.Bench.Statistics;

namespace TinyTcp.Bench.Reporting;

/// <summary>How figures look to people: three digits that matter, and from where to where the rounds went.</summary>
internal static class Figure
{
    /// <summary>A figure with its spread, or a dash where there is none.</summary>
    public static string Show(Option<Spread> spread) => spread.Match(Show, static () => "–");

    /// <summary>A median, and the least and greatest of several rounds.</summary>
    public static string Show(Spread spread) =>
        spread.Rounds == 1
            ? Show(spread.Median)
            : $"{Show(spread.Median)} ({Show(spread.Least)}–{Show(spread.Most)})";

    /// <summary>A number.</summary>
    public static string Show(double value)
    {
        var form = Math.Abs(value) switch
        {
            0 => "0",
            < 0.1 => "0.0000",
            < 1 => "0.000",
            < 10 => "0.00",
            < 100 => "0.0",
            _ => "#,0",
        };
        return value.ToString(form, CultureInfo.InvariantCulture).Replace('-', '−');
    }
}
