using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;

namespace TinyTcp.Cli.Statistics;

/// <summary>Durations as text.</summary>
internal static class DurationFormat
{
    private static readonly ImmutableArray<(string Name, long Nanoseconds)> Units =
    [
        ("s", 1_000_000_000),
        ("ms", 1_000_000),
        ("µs", 1_000),
        ("us", 1_000),
        ("ns", 1),
    ];

    /// <summary>Formats a latency of a <see cref="LatencyHistogram"/>, whose maximum stands for all longer ones.</summary>
    internal static string FormatLatency(Option<long> nanoseconds) =>
        nanoseconds
            .Map(static known =>
                known < LatencyHistogram.MaxNanoseconds
                    ? Format(known)
                    : $"≥ {Format(LatencyHistogram.MaxNanoseconds)}"
            )
            .IfNone("-");

    /// <summary>Formats nanoseconds with three digits.</summary>
    internal static string Format(long nanoseconds)
    {
        var (name, unit) = Units.FirstOrDefault(row => nanoseconds >= row.Nanoseconds, Units[^1]);
        var value = (double)nanoseconds / unit;
        var format =
            unit == 1 || value >= 100 ? "0"
            : value >= 10 ? "0.0"
            : "0.00";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {name}";
    }

    /// <summary>
    /// Parses a number with a unit, such as 5ms or 1.5s, from 1 ns to <see cref="LatencyHistogram.MaxNanoseconds"/>.
    /// </summary>
    /// <returns>Nanoseconds.</returns>
    internal static Option<long> Parse(string text)
    {
        var number = text.TrimEnd('n', 'u', 'µ', 'm', 's');
        var unit = (decimal)Units.FirstOrDefault(row => row.Name == text[number.Length..]).Nanoseconds;
        return
            unit > 0
            && decimal.TryParse(
                number,
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            )
            && value >= 1 / unit
            && value <= LatencyHistogram.MaxNanoseconds / unit
            ? (long)(value * unit)
            : Option<long>.None;
    }
}
