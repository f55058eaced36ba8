using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server;

/// <summary>
/// A log that nobody waits for: lines go into a bounded queue, and one task hands them on. Lines that a log does not
/// take, because it hangs or fails, are dropped, and counted: the count is said as soon as it takes one again.
/// </summary>
internal sealed class LogQueue : ILogger, IAsyncDisposable
{
    /// <summary>How many lines wait at most.</summary>
    internal const int Capacity = 1_024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ILogger log;
    private readonly TimeProvider time;
    private readonly Channel<Action> lines = Channel.CreateBounded<Action>(
        new BoundedChannelOptions(Capacity) { SingleReader = true }
    );
    private readonly Task handingOn;
    private long dropped;

    /// <summary>Starts to hand lines on.</summary>
    /// <param name="log">Where to.</param>
    /// <param name="time">The clock by which the last lines are waited for.</param>
    internal LogQueue(ILogger log, TimeProvider time)
    {
        this.log = log;
        this.time = time;
        handingOn = Task.Run(HandOnAsync);
    }

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => log.BeginScope(state);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!lines.Writer.TryWrite(() => log.Log(logLevel, eventId, state, exception, formatter)))
        {
            Interlocked.Increment(ref dropped);
        }
    }

    /// <summary>Waits until every line is handed on; not for long, where the log hangs.</summary>
    public async ValueTask DisposeAsync()
    {
        lines.Writer.TryComplete();
        await Task.WhenAny(handingOn, Task.Delay(Patience, time)).ConfigureAwait(false);
    }

    private async Task HandOnAsync()
    {
        await foreach (var line in lines.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            HandOn(line);
            if (Interlocked.Exchange(ref dropped, 0) is > 0 and var count)
            {
                HandOn(() => log.Dropped(count));
            }
        }
    }

    [SuppressMessage(
        "Design",
        "CA1031",
        Justification = "Whatever a log throws, it is a line that it did not take."
    )]
    private void HandOn(Action line)
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
