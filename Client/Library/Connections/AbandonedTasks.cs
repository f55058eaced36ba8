namespace TinyTcp.Client.Connections;

/// <summary>Waits for tasks that may not end when they are cancelled.</summary>
internal static class AbandonedTasks
{
    /// <summary>Waits for a task, or abandons it: a later exception of it is observed.</summary>
    /// <param name="task">The task.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal static async Task WaitOrAbandonAsync(this Task task, CancellationToken cancellationToken)
    {
        try
        {
            await task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!task.IsCompletedSuccessfully)
            {
                _ = task.ContinueWith(
                    static abandoned => abandoned.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default
                );
            }
        }
    }

    /// <inheritdoc cref="WaitOrAbandonAsync(Task, CancellationToken)"/>
    internal static async Task<T> WaitOrAbandonAsync<T>(
        this Task<T> task,
        CancellationToken cancellationToken
    )
    {
        await WaitOrAbandonAsync((Task)task, cancellationToken).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }
}
