using System.Globalization;
using LanguageExt;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Shell.Settings;

/// <summary>Makes a setting from a row of Core's table of limits: its parser, its range and its help.</summary>
internal static class LimitSetting
{
    /// <summary>The setting of a limit.</summary>
    public static Setting For(LimitSpec limit) =>
        new(
            limit.Name,
            ValueName(limit),
            Description(limit),
            (settings, text) => Apply(limit, settings, text)
        )
        {
            // The other limits must stay the same throughout a connection (L-1), or are fixed at start.
            IsReloadable = limit == LimitTable.MaxConnections,
        };

    private static Either<string, ServerSettings> Apply(
        LimitSpec limit,
        ServerSettings settings,
        string text
    ) =>
        Parse(limit, text)
            .Bind(value => settings.Limits.With(limit, value))
            .Match(
                Some: limits => (Either<string, ServerSettings>)(settings with { Limits = limits }),
                None: () => $"'{text}' is not a valid value. Give {Range(limit)}."
            );

    private static Option<long> Parse(LimitSpec limit, string text) =>
        limit.Unit == LimitUnit.Milliseconds ? DurationText.Parse(text) : ParseNumber(text);

    private static Option<long> ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Option<long>.None;

    private static string ValueName(LimitSpec limit) =>
        limit.Unit switch
        {
            LimitUnit.Milliseconds => "DURATION",
            LimitUnit.Bytes => "BYTES",
            LimitUnit.Count => "NUMBER",
        };

    private static string Description(LimitSpec limit) =>
        $"{limit.Description} {Range(limit)} [default: {Format(limit, limit.Default)}]";

    private static string Range(LimitSpec limit) =>
        $"{Format(limit, limit.Min)}..{Format(limit, limit.Max)}{(limit.Unit == LimitUnit.Bytes ? " bytes" : "")}{(limit.ZeroIsOff ? ", or 0 for no limit" : "")}";

    private static string Format(LimitSpec limit, long value) =>
        limit.Unit == LimitUnit.Milliseconds
            ? DurationText.Format(value)
            : value.ToString(CultureInfo.InvariantCulture);
}
