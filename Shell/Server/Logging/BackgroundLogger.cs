using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server.Logging;

/// <summary>
/// A log that nobody waits for: lines go into a bounded queue, and one task hands them on. Lines that a log does not
/// take, because it hangs or fails, are dropped, and counted: the count is said as soon as it takes one again.
/// </summary>
internal sealed class BackgroundLogger : ILogger, IAsyncDisposable
{
    /// <summary>How many lines wait at most.</summary>
    internal const int Capacity = 1_024;

    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    private readonly ILogger inner;
    private readonly TimeProvider time;
    private readonly Channel<Action> queue = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );
    private readonly Task drainTask;
    private long dropped;

    /// <summary>Starts to hand lines on.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="time">The clock by which the last lines are waited for.</param>
    internal BackgroundLogger(ILogger log, TimeProvider time)
    {
        this.inner = log;
        this.time = time;
        drainTask = Task.Run(DrainAsync);
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
        if (!queue.Writer.TryWrite(() => inner.Log(logLevel, eventId, state, exception, formatter)))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Waits until every line is handed on; not for long, where the log hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAny(drainTask, Task.Delay(FlushTimeout, time)).ConfigureAwait(false);
    }

    private async Task DrainAsync()
    {
        await foreach (var line in queue.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            Write(line);
            if (Interlocked.Exchange(ref dropped, 0) is > 0 and var count)
            {
                Write(() => inner.Dropped(count));
            }
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever a log throws, it is a line that it did not take."
    )]
    private void Write(Action line)
    {
        try
        {
            line();
        }
        catch (Exception)
        {
            Interlocked.Increment(ref dropped);
        }
    }
}
