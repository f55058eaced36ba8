using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server.Logging;

/// <summary>
/// A logger that never blocks its caller: messages go into a bounded queue, and one thread writes them to the actual logger,
/// which may block or throw. Messages that do not fit, for which there is no memory, or that cannot be written are dropped;
/// how many is logged as soon as a message can be written again.
/// </summary>
internal sealed class BackgroundLogger : ILogger, IAsyncDisposable
{
    /// <summary>The most messages in the queue.</summary>
    internal const int Capacity = 1_024;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    // How late a change of the enabled levels is noticed while there are no messages.
    private static readonly TimeSpan MaxIdleTime = TimeSpan.FromSeconds(1);

    private readonly ILogger inner;
    private readonly TimeProvider time;

    // Not a channel, which wakes its reader by a thread of the pool: the pool may be unable to start one.
    private readonly Queue<Action> queue = new(Capacity);
    private readonly Task writeTask;
    private bool isCompleted;
    private long dropped;

    // A bit for each level. All of them until the actual logger has been asked.
    private volatile int enabledLevels = ~(1 << (int)LogLevel.None);

    /// <summary>Starts the thread that writes.</summary>
    /// <param name="inner">The actual logger.</param>
    /// <param name="time">The clock of the timeout at disposal.</param>
    /// <exception cref="TaskSchedulerException">The system starts no more threads.</exception>
    internal BackgroundLogger(ILogger inner, TimeProvider time)
    {
        this.inner = inner;
        this.time = time;
        writeTask = Task.Factory.StartNew(
            WriteAll,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    /// <summary>Whether the actual logger had a level enabled when it was last asked: the caller does not wait for it.</summary>
    public bool IsEnabled(LogLevel logLevel) => (enabledLevels & (1 << (int)logLevel)) != 0;

    /// <summary>Does nothing: the thread that writes has no scopes.</summary>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

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
            return TryEnqueue(() =>
            {
                if (inner.IsEnabled(logLevel))
                {
                    inner.Log(logLevel, eventId, state, exception, formatter);
                }
            });
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }

    private bool TryEnqueue(Action message)
    {
        lock (queue)
        {
            var fits = !isCompleted && queue.Count < Capacity;
            if (fits)
            {
                queue.Enqueue(message);
                Monitor.Pulse(queue);
            }

            return fits;
        }
    }

    /// <summary>Takes no more messages: the thread ends when the queue is written.</summary>
    /// <returns>False if that was so already.</returns>
    internal bool TryComplete()
    {
        lock (queue)
        {
            var wasCompleted = isCompleted;
            isCompleted = true;
            Monitor.Pulse(queue);
            return !wasCompleted;
        }
    }

    /// <summary>Waits until the queue is written, for at most 1 s; a second call does not wait.</summary>
    public async ValueTask DisposeAsync()
    {
        if (TryComplete())
        {
            await Task.WhenAny(writeTask, Task.Delay(FlushTimeout, time)).ConfigureAwait(false);
        }
    }

    private void WriteAll()
    {
        while (TryWait(out var message))
        {
            UpdateEnabledLevels();
            if (message is not null)
            {
                Write(message);
            }

            if (message is not null && Interlocked.Exchange(ref dropped, 0) is > 0 and var count)
            {
                Write(() => inner.Dropped(count), count);
            }
        }
    }

    /// <summary>Waits for a message, for as long as the enabled levels may be out of date.</summary>
    /// <returns>False once the logger is disposed and the queue empty.</returns>
    private bool TryWait(out Action? message)
    {
        lock (queue)
        {
            if (queue.Count == 0 && !isCompleted)
            {
                Monitor.Wait(queue, MaxIdleTime);
            }

            return queue.TryDequeue(out message) || !isCompleted;
        }
    }

    private void UpdateEnabledLevels()
    {
        var levels = 0;
        for (var level = LogLevel.Trace; level < LogLevel.None; level++)
        {
            levels |= IsInnerEnabled(level) ? 1 << (int)level : 0;
        }

        enabledLevels = levels;
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "A level that cannot be asked for counts as enabled: its messages fail, and count as dropped."
    )]
    private bool IsInnerEnabled(LogLevel level)
    {
        try
        {
            return inner.IsEnabled(level);
        }
        catch (Exception)
        {
            return true;
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
