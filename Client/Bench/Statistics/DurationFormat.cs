using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;

namespace TinyTcp.Cli.Bench.Statistics;

/// <summary>Lengths of time as people read and write them.</summary>
internal static class DurationFormat
{
    private static readonly ImmutableArray<(string Name, long Nanoseconds)> Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
    ];

    /// <summary>Shows a latency that was counted, if there is one: the longest that is told apart may have been longer.</summary>
    internal static string FormatLatency(Option<long> latency) =>
        latency
            .Map(static known =>
                known < LatencyHistogram.MaxNanoseconds
                    ? Format(known)
                    : $"≥ {Format(LatencyHistogram.MaxNanoseconds)}"
            )
            .IfNone("-");

    /// <summary>Shows nanoseconds, by three digits or a little more.</summary>
    internal static string Format(long nanoseconds)
    {
        var (name, unit) =
            nanoseconds < 1_000 ? Units[0]
            : nanoseconds < 1_000_000 ? Units[2]
            : nanoseconds < 1_000_000_000 ? Units[3]
            : Units[4];
        var value = (double)nanoseconds / unit;
        var form =
            unit == 1 || value >= 100 ? "0"
            : value >= 10 ? "0.0"
            : "0.00";
        return $"{value.ToString(form, CultureInfo.InvariantCulture)} {name}";
    }

    /// <summary>Reads a number and a unit, such as 5ms or 1.5s: from 1 ns to <see cref="LatencyHistogram.MaxNanoseconds"/>.</summary>
    /// <returns>Nanoseconds.</returns>
    internal static Option<long> Parse(string text)
    {
        var number = text.TrimEnd('n', 'u', 'µ', 'm', 's');
        var unit = Units.FirstOrDefault(unit => text[number.Length..] == unit.Name).Nanoseconds;
        return unit > 0 ? ToNanoseconds(number, unit) : Option<long>.None;
    }

    private static Option<long> ToNanoseconds(string number, long unit) =>
        decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value >= 1m / unit
        && value <= (decimal)LatencyHistogram.MaxNanoseconds / unit
            ? (long)(value * unit)
            : Option<long>.None;
}
