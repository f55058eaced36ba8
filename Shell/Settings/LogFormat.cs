using Microsoft.Extensions.Logging.Console;
using TinyTcp.Shell.Logging;

namespace TinyTcp.Shell.Settings;

/// <summary>A format of log lines.</summary>
/// <param name="Name">The value of <c>--log-format</c>.</param>
/// <param name="Formatter">The name of the console logger's formatter.</param>
internal sealed record LogFormat(string Name, string Formatter)
{
    /// <summary>For people: timestamp, level and message.</summary>
    public static LogFormat Simple { get; } = new("simple", LineFormatter.SimpleName);

    /// <summary>For programs: one JSON object per line.</summary>
    public static LogFormat Json { get; } = new("json", ConsoleFormatterNames.Json);

    /// <summary>For the systemd journal: its level prefix and the message; the journal adds the time.</summary>
    public static LogFormat Systemd { get; } = new("systemd", LineFormatter.SystemdName);

    /// <summary>All formats, in the order of help.</summary>
    public static IReadOnlyList<LogFormat> All { get; } = [Simple, Json, Systemd];
}
