using System.Collections.Immutable;
using LanguageExt;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Shell.Logging;

/// <summary>The names of log levels, as the log prints them and as a setting gives them.</summary>
internal static class LevelNames
{
    private static readonly ImmutableArray<(LogLevel Level, string Name, string OtherName)> Rows =
    [
        (LogLevel.Trace, "trace", "trace"),
        (LogLevel.Debug, "debug", "debug"),
        (LogLevel.Information, "info", "information"),
        (LogLevel.Warning, "warning", "warn"),
        (LogLevel.Error, "error", "error"),
        (LogLevel.Critical, "critical", "critical"),
        (LogLevel.None, "none", "none"),
    ];

    /// <summary>The names, from the lowest level on.</summary>
    public static IEnumerable<string> All => Rows.Select(static row => row.Name);

    /// <summary>The name of a level.</summary>
    public static string Of(LogLevel level) => Rows.Single(row => row.Level == level).Name;

    /// <summary>The level of a name, in any letter case; <c>information</c> and <c>warn</c> are names, too.</summary>
    public static Option<LogLevel> Parse(string name) =>
        Rows.Where(row =>
                name.Equals(row.Name, StringComparison.OrdinalIgnoreCase)
                || name.Equals(row.OtherName, StringComparison.OrdinalIgnoreCase)
            )
            .Select(static row => row.Level)
            .ToOption();
}
