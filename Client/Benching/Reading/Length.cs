using System.Collections.Immutable;
using System.Globalization;
using LanguageExt;

namespace TinyTcp.Cli.Benching.Reading;

/// <summary>Lengths of time as people read and write them.</summary>
internal static class Length
{
    private static readonly ImmutableArray<(string Name, long Nanoseconds)> Units =
    [
        ("ns", 1),
        ("us", 1_000),
        ("µs", 1_000),
        ("ms", 1_000_000),
        ("s", 1_000_000_000),
    ];

    /// <summary>Shows nanoseconds, by three digits or a little more.</summary>
    internal static string Show(long nanoseconds)
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

    /// <summary>Reads a number and a unit, such as 5ms or 1.5s.</summary>
    /// <returns>Nanoseconds.</returns>
    internal static Option<long> Read(string written)
    {
        var number = written.TrimEnd('n', 'u', 'µ', 'm', 's');
        var unit = Units.FirstOrDefault(unit => written[number.Length..] == unit.Name).Nanoseconds;
        return unit > 0 ? Multiply(number, unit) : Option<long>.None;
    }

    private static Option<long> Multiply(string number, long unit) =>
        decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
        && value is > 0 and <= 1_800
            ? (long)(value * unit)
            : Option<long>.None;
}
