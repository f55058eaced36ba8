using System.Globalization;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>Durations as text: a number and a unit, such as 500ms, 1.5s or 5m. Without a unit the number is seconds.</summary>
internal static class DurationText
{
    /// <summary>The units; a suffix stands before the shorter ones that it ends with.</summary>
    private static readonly (string Suffix, decimal Milliseconds)[] Units =
    [
        ("ms", 1),
        ("s", 1_000),
        ("m", 60_000),
        ("h", 3_600_000),
        ("", 1_000),
    ];

    /// <summary>The units, for help.</summary>
    public static string UnitNames =>
        string.Join(", ", Units.Select(static unit => unit.Suffix).Where(static suffix => suffix.Length > 0));

    /// <summary>Parses a duration.</summary>
    /// <returns>Milliseconds; none where the text is not a duration, or not a whole number of milliseconds.</returns>
    public static Option<long> Parse(string text)
    {
        var (suffix, unit) = Units.First(each => text.EndsWith(each.Suffix, StringComparison.Ordinal));
        return
            decimal.TryParse(
                text[..^suffix.Length],
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number <= long.MaxValue / unit
            && decimal.IsInteger(number * unit)
            ? (long)(number * unit)
            : Option<long>.None;
    }

    /// <summary>Formats a duration in the largest unit that gives a whole number; zero is <c>0</c>.</summary>
    public static string Format(long milliseconds)
    {
        var (suffix, unit) = Units.SkipLast(1).Last(each => milliseconds % each.Milliseconds == 0);
        return milliseconds == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / unit}{suffix}");
    }
}
