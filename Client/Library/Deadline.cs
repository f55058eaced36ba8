using LanguageExt;

namespace TinyTcp.Client;

/// <summary>A bound on how long something may take, on a clock that a test can turn.</summary>
/// <param name="After">How long.</param>
/// <param name="Time">On which clock.</param>
internal sealed record Deadline(TimeSpan After, TimeProvider Time)
{
    /// <summary>Does some work, or gives it up when time is over.</summary>
    /// <param name="awaited">What the work waits for.</param>
    /// <param name="work">The work, which ends when its token is cancelled.</param>
    /// <param name="cancellationToken">Gives the work up before; then the task is cancelled.</param>
    /// <returns>What the work gave, or <see cref="ClientError.TimedOut"/>.</returns>
    internal async Task<Either<ClientError, T>> RunAsync<T>(
        Awaited awaited,
        Func<CancellationToken, Task<Either<ClientError, T>>> work,
        CancellationToken cancellationToken
    )
    {
        using var alarm = new CancellationTokenSource(After, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new ClientError.TimedOut(awaited, After);
        }
    }
}
