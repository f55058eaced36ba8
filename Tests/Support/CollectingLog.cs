using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Tests.Support;

/// <summary>A logger that stores its entries for tests.</summary>
/// <param name="onEntry">Called before each entry is stored. It can block. If it throws, the entry is lost.</param>
/// <param name="isEnabled">Whether a level is enabled. It can block or throw.</param>
internal sealed class CollectingLog(Action onEntry, Func<LogLevel, bool> isEnabled) : ILogger
{
    internal CollectingLog()
        : this(static () => { }) { }

    internal CollectingLog(Action onEntry)
        : this(onEntry, static _ => true) { }

    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> entries = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> firsts = new();

    internal IReadOnlyCollection<(LogLevel Level, int Id, string Text)> Entries => entries;

    internal int Count(int id) => entries.Count(entry => entry.Id == id);

    /// <summary>Waits for the first entry with an event id and returns its text.</summary>
    internal Task<string> First(int id) => FirstOf(id).Task.WaitAsync(TimeSpan.FromSeconds(30));

    internal bool HasErrors => entries.Any(static entry => entry.Level >= LogLevel.Error);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => isEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        onEntry();
        var text = formatter(state, exception);
        entries.Enqueue((logLevel, eventId.Id, text));
        FirstOf(eventId.Id).TrySetResult(text);
    }

    private TaskCompletionSource<string> FirstOf(int id) =>
        firsts.GetOrAdd(
            id,
            static _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously)
        );
}
