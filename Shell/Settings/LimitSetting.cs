using System.Globalization;
using LanguageExt;
using TinyTcp.Core;

namespace TinyTcp.Shell.Settings;

/// <summary>The setting that follows from a row of Core's table of limits: its form, its bounds and its help.</summary>
internal static class LimitSetting
{
    /// <summary>The units of time that may follow a number, longest name first; none means seconds.</summary>
    private static readonly (string Suffix, decimal Milliseconds)[] TimeUnits =
    [
        ("ms", 1),
        ("s", 1_000),
        ("m", 60_000),
        ("h", 3_600_000),
        ("", 1_000),
    ];

    /// <summary>The setting of a limit.</summary>
    public static Setting For(LimitSpec limit) =>
        new(limit.Name, Value(limit), Help(limit), (settings, text) => Apply(limit, settings, text));

    private static Either<string, ServerSettings> Apply(
        LimitSpec limit,
        ServerSettings settings,
        string text
    ) =>
        Read(limit, text)
            .Bind(value => settings.Limits.With(limit, value))
            .Match(
                Some: limits => (Either<string, ServerSettings>)(settings with { Limits = limits }),
                None: () => $"'{text}' will not do. Give {Bounds(limit)}."
            );

    private static Option<long> Read(LimitSpec limit, string text) =>
        limit.Unit == LimitUnit.Milliseconds ? ReadTime(text) : ReadNumber(text);

    private static Option<long> ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Option<long>.None;

    private static Option<long> ReadTime(string text)
    {
        var (suffix, unit) = TimeUnits.First(each => text.EndsWith(each.Suffix, StringComparison.Ordinal));
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

    private static string Value(LimitSpec limit) =>
        limit.Unit switch
        {
            LimitUnit.Milliseconds => "TIME",
            LimitUnit.Bytes => "BYTES",
            LimitUnit.Count => "NUMBER",
            _ => limit.Unit.ToString(),
        };

    private static string Help(LimitSpec limit) =>
        $"{limit.Meaning} {Bounds(limit)}. Default: {Show(limit, limit.Default)}.";

    private static string Bounds(LimitSpec limit) =>
        $"{Show(limit, limit.Least)} to {Show(limit, limit.Most)}{(limit.ZeroIsOff ? ", or 0 for no limit" : "")}";

    private static string Show(LimitSpec limit, long value) =>
        limit.Unit == LimitUnit.Milliseconds ? ShowTime(value) : value.ToString(CultureInfo.InvariantCulture);

    private static string ShowTime(long milliseconds)
    {
        var (suffix, unit) = TimeUnits.SkipLast(1).Last(each => milliseconds % each.Milliseconds == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{milliseconds / unit}{suffix}");
    }
}
