using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server.Logging;

/// <summary>
/// A logger that never blocks its caller: messages go into a bounded queue, and one task writes them to the actual logger,
/// which may block or throw. Messages that do not fit, for which there is no memory, or that cannot be written are dropped; how many is logged as soon as a
/// message can be written again.
/// </summary>
internal sealed class BackgroundLogger : ILogger, IAsyncDisposable
{
    /// <summary>The most messages in the queue.</summary>
    internal const int Capacity = 1_024;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly ILogger inner;
    private readonly TimeProvider time;
    private readonly Channel<Action> queue = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );
    private readonly Task writeTask;
    private long dropped;

    /// <summary>Starts to write.</summary>
    /// <param name="inner">The actual logger.</param>
    /// <param name="time">The clock of the timeout at disposal.</param>
    internal BackgroundLogger(ILogger inner, TimeProvider time)
    {
        this.inner = inner;
        this.time = time;
        writeTask = Task.Run(WriteAllAsync);
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!TryEnqueue(logLevel, eventId, state, exception, formatter))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    private bool TryEnqueue<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        try
        {
            return queue.Writer.TryWrite(() => inner.Log(logLevel, eventId, state, exception, formatter));
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Waits until the queue is written, for at most 1 s.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAny(writeTask, Task.Delay(FlushTimeout, time)).ConfigureAwait(false);
    }

    private async Task WriteAllAsync()
    {
        await foreach (var message in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Write(message);
            if (Interlocked.Exchange(ref dropped, 0) is > 0 and var count)
            {
                Write(() => inner.Dropped(count), count);
            }
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A logger may throw anything; its messages count as dropped."
    )]
    private void Write(Action message, long count = 1)
    {
        try
        {
            message();
        }
        catch (Exception)
        {
            Interlocked.Add(ref dropped, count);
        }
    }
}
