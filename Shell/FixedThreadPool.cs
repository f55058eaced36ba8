namespace TinyTcp.Shell;

/// <summary>
/// Starts all threads of the thread pool, and allows no more: where the system refuses a thread later, the runtime aborts the
/// process. The project file keeps idle threads alive.
/// </summary>
internal static class FixedThreadPool
{
    // Two reloads of the settings may block a thread each, and timers must still fire.
    private const int MinCount = 4;

    /// <summary>Completes when the threads have started.</summary>
    public static async Task StartAsync()
    {
        var count = Math.Max(Environment.ProcessorCount, MinCount);
        ThreadPool.GetMinThreads(out _, out var completionPorts);
        ThreadPool.SetMinThreads(count, completionPorts);
        ThreadPool.GetMaxThreads(out _, out completionPorts);
        ThreadPool.SetMaxThreads(count, completionPorts);
        using var barrier = new Barrier(count);
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(barrier.SignalAndWait)))
            .ConfigureAwait(false);
    }
}
