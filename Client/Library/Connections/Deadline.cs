using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>A time-out for asynchronous work on a given clock.</summary>
internal static class Deadline
{
    /// <summary>Runs work that is cancelled after a time-out.</summary>
    /// <param name="timeout">The time-out.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="operation">What the work waits for, for the error.</param>
    /// <param name="work">The work; must end when its token is cancelled.</param>
    /// <param name="cancellationToken">Cancels the work and the task.</param>
    /// <returns>The result of the work, or <see cref="ClientError.TimedOut"/>.</returns>
    internal static async Task<Either<ClientError, T>> RunAsync<T>(
        TimeSpan timeout,
        TimeProvider timeProvider,
        PendingOperation operation,
        Func<CancellationToken, Task<Either<ClientError, T>>> work,
        CancellationToken cancellationToken
    )
    {
        using var timer = new CancellationTokenSource(timeout, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await work(linked.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (linked.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ClientError.TimedOut(operation, timeout);
        }
    }
}
