using LanguageExt;
using TinyTcp.Client.Options;
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
        return await RunAsync(timeout, operation, work, timer.Token, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs the work of a connect, which is cancelled after a time-out of running time.</summary>
    /// <param name="options">The clock and the time-out.</param>
    /// <param name="work">The work; must end when its token is cancelled.</param>
    /// <param name="cancellationToken">Cancels the work and the task.</param>
    /// <returns>The result of the work, or <see cref="ClientError.TimedOut"/>.</returns>
    internal static async Task<Either<ClientError, T>> RunConnectAsync<T>(
        ClientOptions options,
        Func<CancellationToken, Task<Either<ClientError, T>>> work,
        CancellationToken cancellationToken
    )
    {
        using var timer = new RunningTimeout(options.ConnectTimeout, options.TimeProvider);
        return await RunAsync(
                options.ConnectTimeout,
                PendingOperation.Connection,
                work,
                timer.Expired,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private static async Task<Either<ClientError, T>> RunAsync<T>(
        TimeSpan timeout,
        PendingOperation operation,
        Func<CancellationToken, Task<Either<ClientError, T>>> work,
        CancellationToken expired,
        CancellationToken cancellationToken
    )
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(expired, cancellationToken);
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
