using Microsoft.Extensions.Logging.Console;

namespace TinyTcp.Shell.Settings;

/// <summary>How log lines look: one of the console logger's formatters.</summary>
/// <param name="Name">The formatter's name.</param>
internal sealed record LogFormat(string Name)
{
    /// <summary>For people: one line an event, with its time.</summary>
    public static LogFormat Simple { get; } = new(ConsoleFormatterNames.Simple);

    /// <summary>For programs: one JSON object a line.</summary>
    public static LogFormat Json { get; } = new(ConsoleFormatterNames.Json);

    /// <summary>For the journal: with the level that it understands, and without a time.</summary>
    public static LogFormat Systemd { get; } = new(ConsoleFormatterNames.Systemd);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LogFormat> All { get; } = [Simple, Json, Systemd];
}
