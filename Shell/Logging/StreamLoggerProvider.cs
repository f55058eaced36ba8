using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace TinyTcp.Shell.Logging;

/// <summary>
/// Writes each event to a stream at once, in one piece. An event that cannot be written is an exception, so that the caller
/// counts it: the console logger's own provider drops such events and says nothing.
/// </summary>
/// <param name="formatter">Formats events.</param>
/// <param name="stream">The stream, such as standard output.</param>
internal sealed class StreamLoggerProvider(ConsoleFormatter formatter, StandardStream stream)
    : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new StreamLogger(categoryName, formatter, stream);

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>Escapes characters that reverse or hide text (N-2), as JSON does.</summary>
    private static string EscapeFormat(string line) =>
        line.Any(IsFormat)
            ? string.Concat(line.Select(static each => IsFormat(each) ? $@"\u{(int)each:X4}" : $"{each}"))
            : line;

    private static bool IsFormat(char character) =>
        char.GetUnicodeCategory(character) == UnicodeCategory.Format;

    private sealed class StreamLogger(string category, ConsoleFormatter formatter, StandardStream stream)
        : ILogger
    {
        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> format
        )
        {
            using var lines = new StringWriter();
            var entry = new LogEntry<TState>(logLevel, category, eventId, state, exception, format);
            formatter.Write(entry, scopeProvider: null, lines);
            // Other formats have escaped all of it. JSON has text in strings only.
            stream
                .Write(EscapeFormat(lines.ToString()))
                .IfSome(static problem => throw new IOException($"Cannot write the log: {problem}"));
        }
    }
}
