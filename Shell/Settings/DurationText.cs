using System.Globalization;
using LanguageExt;

namespace TinyTcp.Shell.Settings;

/// <summary>Times as people write them: a number and a unit, such as 500ms, 1.5s or 5m.</summary>
internal static class DurationText
{
    /// <summary>The units that may follow a number, longest name first; none means seconds.</summary>
    private static readonly (string Suffix, decimal Milliseconds)[] Units =
    [
        ("ms", 1),
        ("s", 1_000),
        ("m", 60_000),
        ("h", 3_600_000),
        ("", 1_000),
    ];

    /// <summary>A time in milliseconds; none where the text is no time or not of whole milliseconds.</summary>
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

    /// <summary>A time in its largest whole unit; no time is 0.</summary>
    public static string Format(long milliseconds)
    {
        var (suffix, unit) = Units.SkipLast(1).Last(each => milliseconds % each.Milliseconds == 0);
        return milliseconds == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / unit}{suffix}");
    }
}
