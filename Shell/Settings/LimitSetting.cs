using System.Globalization;
using LanguageExt;
using TinyTcp.Core.Sessions;

namespace TinyTcp.Shell.Settings;

/// <summary>The setting that follows from a row of Core's table of limits: its form, its bounds and its help.</summary>
internal static class LimitSetting
{
    /// <summary>The setting of a limit.</summary>
    public static Setting For(LimitSpec limit) =>
        new(limit.Name, Value(limit), Help(limit), (settings, text) => Apply(limit, settings, text))
        {
            // The other limits are a conversation's, which has the same ones throughout (L-1), or count from the start.
            Reloads = limit == LimitTable.MaxConnections,
        };

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
        limit.Unit == LimitUnit.Milliseconds ? DurationText.Parse(text) : ReadNumber(text);

    private static Option<long> ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Option<long>.None;

    private static string Value(LimitSpec limit) =>
        limit.Unit switch
        {
            LimitUnit.Milliseconds => "TIME",
            LimitUnit.Bytes => "BYTES",
            LimitUnit.Count => "NUMBER",
            _ => limit.Unit.ToString(),
        };

    private static string Help(LimitSpec limit) =>
        $"{limit.Description} {Bounds(limit)}. Default: {Show(limit, limit.Default)}.";

    private static string Bounds(LimitSpec limit) =>
        $"{Show(limit, limit.Min)} to {Show(limit, limit.Max)}{(limit.ZeroIsOff ? ", or 0 for no limit" : "")}";

    private static string Show(LimitSpec limit, long value) =>
        limit.Unit == LimitUnit.Milliseconds
            ? DurationText.Format(value)
            : value.ToString(CultureInfo.InvariantCulture);
}
