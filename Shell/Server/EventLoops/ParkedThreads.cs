namespace TinyTcp.Server.EventLoops;

/// <summary>Threads that wait for their work, so that a server gets all that it needs or none.</summary>
internal sealed class ParkedThreads : IDisposable
{
    private readonly TaskCompletionSource<Action<int>> work = new();
    private readonly List<Task> threads = [];

    /// <summary>Starts the threads.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="TaskSchedulerException">The system starts no more threads; none is left.</exception>
    public ParkedThreads(int count)
    {
        try
        {
            while (threads.Count < count)
            {
                threads.Add(Start(threads.Count));
            }
        }
        catch (TaskSchedulerException)
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Gives the threads their work: each runs it with its index.</summary>
    /// <returns>Completes when all have ended; fails if the work of one throws.</returns>
    public Task Run(Action<int> body)
    {
        work.SetResult(body);
        return Task.WhenAll(threads);
    }

    /// <summary>Ends the threads if they have no work.</summary>
    public void Dispose() => work.TrySetResult(static _ => { });

    private Task Start(int index) =>
        Task.Factory.StartNew(
            () => work.Task.GetAwaiter().GetResult()(index),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
}
