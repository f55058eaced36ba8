using Microsoft.Extensions.Logging.Console;
using TinyTcp.Shell.Logging;

namespace TinyTcp.Shell.Settings;

/// <summary>How log lines look: one event, one line, in each of them.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Formatter">The console logger's formatter that writes it.</param>
internal sealed record LogFormat(string Name, string Formatter)
{
    /// <summary>For people, with time and level.</summary>
    public static LogFormat Simple { get; } = new("simple", LineFormatter.Simple.Name);

    /// <summary>For programs: one JSON object a line.</summary>
    public static LogFormat Json { get; } = new("json", ConsoleFormatterNames.Json);

    /// <summary>For the journal: with the level that it understands, and without a time.</summary>
    public static LogFormat Systemd { get; } = new("systemd", LineFormatter.Systemd.Name);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LogFormat> All { get; } = [Simple, Json, Systemd];
}
