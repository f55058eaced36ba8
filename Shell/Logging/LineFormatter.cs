using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using TinyTcp.Core.Wire;

namespace TinyTcp.Shell.Logging;

/// <summary>
/// One event, one line, whatever stands in it (N-2): no character of a name or a message can end the line, move a cursor
/// or forge another event.
/// </summary>
/// <param name="name">The name by which the console logger finds it.</param>
/// <param name="prefix">What stands before the message.</param>
internal sealed class LineFormatter(string name, Func<LogLevel, string> prefix) : ConsoleFormatter(name)
{
    /// <summary>For people: with its time and level.</summary>
    public static LineFormatter Simple { get; } =
        new(
            "line",
            static level =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{DateTimeOffset.Now:yyyy-MM-dd'T'HH:mm:ss.fffK} {Word(level)}: "
                )
        );

    /// <summary>For the journal: with the number that it knows the level by; it adds the time.</summary>
    public static LineFormatter Systemd { get; } =
        new("journal", static level => string.Create(CultureInfo.InvariantCulture, $"<{Severity(level)}>"));

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var whole = logEntry.Exception is null ? message : $"{message}: {logEntry.Exception}";
        textWriter.Write(prefix(logEntry.LogLevel));
        textWriter.WriteLine(Escape.ToPrintable(Encoding.UTF8.GetBytes(whole)));
    }

    private static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            _ => "critical",
        };

    /// <summary>As syslog numbers them.</summary>
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
