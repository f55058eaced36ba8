using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>A bound on how long something may take, on a clock that a test can turn.</summary>
internal static class Deadline
{
    /// <summary>Does some work, or gives it up when time is over.</summary>
    /// <param name="timeout">How long it may take.</param>
    /// <param name="timeProvider">On which clock.</param>
    /// <param name="operation">What the work waits for.</param>
    /// <param name="work">The work, which ends when its token is cancelled.</param>
    /// <param name="cancellationToken">Gives the work up before; then the task is cancelled.</param>
    /// <returns>What the work gave, or <see cref="ClientError.TimedOut"/>.</returns>
    internal static async Task<Either<ClientError, T>> RunAsync<T>(
        TimeSpan timeout,
        TimeProvider timeProvider,
        PendingOperation operation,
        Func<CancellationToken, Task<Either<ClientError, T>>> work,
        CancellationToken cancellationToken
    )
    {
        using var alarm = new CancellationTokenSource(timeout, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ClientError.TimedOut(operation, timeout);
        }
    }
}
