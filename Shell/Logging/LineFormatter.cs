using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TinyTcp.Core.Wire;

namespace TinyTcp.Shell.Logging;

/// <summary>
/// Writes an event as one line; an exception follows on indented lines. Control characters are escaped (N-2), and only
/// an event's first line has no indent, so no text can forge an event or move a cursor.
/// </summary>
/// <remarks>
/// The framework's own formatters escape no control characters, put a stack trace on one line, and ignore the injected
/// clock.
/// </remarks>
internal sealed class LineFormatter : ConsoleFormatter
{
    /// <summary>The name of the format for people.</summary>
    public const string SimpleName = "line";

    /// <summary>The name of the format for the systemd journal.</summary>
    public const string SystemdName = "journal";

    private const string Indent = "    ";

    private readonly Func<LogLevel, string> firstPrefix;
    private readonly Func<LogLevel, string> nextPrefix;

    private LineFormatter(string name, Func<LogLevel, string> firstPrefix, Func<LogLevel, string> nextPrefix)
        : base(name)
    {
        this.firstPrefix = firstPrefix;
        this.nextPrefix = nextPrefix;
    }

    /// <summary>For people: local time of the clock, level, message.</summary>
    /// <param name="time">The clock.</param>
    public static LineFormatter Simple(TimeProvider time) =>
        new(
            SimpleName,
            level =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{time.GetLocalNow():yyyy-MM-dd'T'HH:mm:ss.fffzzz} {LevelNames.Of(level)}: "
                ),
            static _ => Indent
        );

    /// <summary>For the journal: its level prefix (sd-daemon(3)) on each line, then the message.</summary>
    public static LineFormatter Systemd() =>
        new(SystemdName, SeverityPrefix, static level => SeverityPrefix(level) + Indent);

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.WriteLine(firstPrefix(logEntry.LogLevel) + Printable(message));
        foreach (var line in logEntry.Exception?.ToString().ReplaceLineEndings("\n").Split('\n') ?? [])
        {
            textWriter.WriteLine(nextPrefix(logEntry.LogLevel) + Printable(line));
        }
    }

    private static string Printable(string text) => Escape.ToPrintable(Encoding.UTF8.GetBytes(text));

    private static string SeverityPrefix(LogLevel level) =>
        string.Create(CultureInfo.InvariantCulture, $"<{Severity(level)}>");

    /// <summary>The level as syslog numbers it (RFC 5424).</summary>
    private static int Severity(LogLevel level) =>
        level switch
        {
            LogLevel.Trace or LogLevel.Debug => 7,
            LogLevel.Information => 6,
            LogLevel.Warning => 4,
            LogLevel.Error => 3,
            _ => 2,
        };
}
