using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Tests.Support;

/// <summary>A log that keeps what it is told, for tests that look at it.</summary>
/// <param name="before">What it does with each line first: it may hang, or fail and so not keep the line.</param>
internal sealed class CollectingLog(Action before) : ILogger
{
    internal CollectingLog()
        : this(static () => { }) { }

    private readonly ConcurrentQueue<(LogLevel Level, int Id, string Text)> entries = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<string>> firsts = new();

    internal IReadOnlyCollection<(LogLevel Level, int Id, string Text)> Entries => entries;

    internal int Count(int id) => entries.Count(entry => entry.Id == id);

    /// <summary>The first line of an id, as soon as there is one.</summary>
    internal Task<string> First(int id) => FirstOf(id).Task.WaitAsync(TimeSpan.FromSeconds(30));

    internal bool HasErrors => entries.Any(static entry => entry.Level >= LogLevel.Error);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        before();
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
