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
            settings => limit.Notation.Format(limit.Get(settings.Limits)),
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
        limit
            .Notation.Parse(text)
            .Bind(value => settings.Limits.With(limit, value))
            .Match(
                Some: limits => (Either<string, ServerSettings>)(settings with { Limits = limits }),
                None: () => $"'{text}' is not {NameOf(limit)}. Give {Range(limit)}{ExampleOf(limit)}."
            );

    private static string NameOf(LimitSpec limit) =>
        limit.Unit switch
        {
            LimitUnit.Milliseconds => "a duration in the range",
            LimitUnit.Bytes => "a size in the range",
            LimitUnit.Count => "a whole number in the range",
        };

    private static string ExampleOf(LimitSpec limit) =>
        limit.Unit switch
        {
            LimitUnit.Milliseconds => ", such as 500ms or 5m",
            LimitUnit.Bytes => ", such as 65536 or 64k",
            LimitUnit.Count => "",
        };

    private static string ValueName(LimitSpec limit) =>
        limit.Unit switch
        {
            LimitUnit.Milliseconds => "DURATION",
            LimitUnit.Bytes => "SIZE",
            LimitUnit.Count => "NUMBER",
        };

    private static string Description(LimitSpec limit) =>
        $"{limit.Description} {Range(limit)} [default: {limit.Notation.Format(limit.Default)}]";

    private static string Range(LimitSpec limit) =>
        $"{limit.Notation.Format(limit.Min)}..{limit.Notation.Format(limit.Max)}{(limit.ZeroIsOff ? ", or 0 for no limit" : "")}";
}
