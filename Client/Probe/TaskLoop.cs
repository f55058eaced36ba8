using System.Threading.Channels;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// An event loop: tasks run side by side, and their results are handled one at a time in the order in which they end, so handlers
/// need no lock.
/// </summary>
internal sealed class TaskLoop
{
    private readonly Channel<(Task Task, Action Handle)> ended = Channel.CreateUnbounded<(Task, Action)>(
        new UnboundedChannelOptions { SingleReader = true }
    );
    private int running;

    /// <summary>Adds a task, before <see cref="RunAsync"/> or in a handler.</summary>
    /// <param name="task">The task.</param>
    /// <param name="handle">Handles its result, unless it was cancelled.</param>
    internal void Add<T>(Task<T> task, Action<T> handle) => Add(task, () => handle(task.Result));

    /// <summary>Adds a task without a result.</summary>
    internal void Add(Task task, Action handle)
    {
        running++;
        _ = task.ContinueWith(
            _ => ended.Writer.TryWrite((task, handle)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    /// <summary>Handles results until no task is left.</summary>
    /// <exception cref="Exception">That of a handler, or of a task that failed.</exception>
    internal async Task RunAsync()
    {
        while (running > 0)
        {
            var (task, handle) = await ended.Reader.ReadAsync();
            running--;
            if (!task.IsCanceled)
            {
                await task;
                handle();
            }
        }
    }
}
