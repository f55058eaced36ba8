using System.Net;
using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>Connects to the addresses of a host in parallel, each a moment after the one before (RFC 8305).</summary>
internal static class HappyEyeballs
{
    // The value that RFC 8305 recommends (section 5).
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Starts an attempt for each address: the next one 250 ms after the one before, or at once when one fails. The first success
    /// wins; the other attempts are cancelled, and their connections closed.
    /// </summary>
    /// <param name="addresses">At least one.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="connect">Connects to one address; ends when it is cancelled.</param>
    /// <param name="cancellationToken">Cancels all attempts.</param>
    /// <returns>The first success, or the error of the last attempt that failed.</returns>
    internal static async Task<Either<ClientError, T>> ConnectAsync<T>(
        IPAddress[] addresses,
        TimeProvider timeProvider,
        Func<IPAddress, CancellationToken, Task<Either<ClientError, T>>> connect,
        CancellationToken cancellationToken
    )
        where T : IAsyncDisposable
    {
        using var losers = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<Either<ClientError, T>>>();
        try
        {
            return await RaceAsync(
                    new Queue<IPAddress>(Interleave(addresses)),
                    attempts,
                    address => connect(address, losers.Token),
                    timeProvider,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        finally
        {
            await losers.CancelAsync().ConfigureAwait(false);
            await CloseAsync(attempts).ConfigureAwait(false);
        }
    }

    /// <summary>Alternates the address families, from that of the first address on (RFC 8305, section 4).</summary>
    internal static IEnumerable<IPAddress> Interleave(IEnumerable<IPAddress> addresses) =>
        addresses
            .GroupBy(static address => address.AddressFamily)
            .SelectMany(static family => family.Select(static (address, rank) => (address, rank)))
            .OrderBy(static ranked => ranked.rank)
            .Select(static ranked => ranked.address);

    /// <param name="waiting">The addresses without an attempt.</param>
    /// <param name="attempts">The attempts that run; at the end, those that lost.</param>
    /// <param name="start">Starts an attempt.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="cancellationToken">Cancelled if the attempts are.</param>
    private static async Task<Either<ClientError, T>> RaceAsync<T>(
        Queue<IPAddress> waiting,
        List<Task<Either<ClientError, T>>> attempts,
        Func<IPAddress, Task<Either<ClientError, T>>> start,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        var failure = Option<ClientError>.None;
        while (attempts.Count + waiting.Count > 0)
        {
            if (waiting.TryDequeue(out var address))
            {
                attempts.Add(start(address));
            }

            await WaitForAnyAsync(attempts, waiting.Count > 0, timeProvider).ConfigureAwait(false);
            attempts.RemoveAll(static attempt => attempt.IsCanceled);
            foreach (var attempt in attempts.FindAll(static attempt => attempt.IsCompleted))
            {
                attempts.Remove(attempt);
                var result = await attempt.ConfigureAwait(false);
                if (result.IsRight)
                {
                    return result;
                }

                failure = (ClientError)result;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                waiting.Clear();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        return (ClientError)failure;
    }

    /// <summary>Waits for an attempt to complete; if others wait to be started, for the delay between attempts at most.</summary>
    private static async Task WaitForAnyAsync<T>(
        List<Task<T>> attempts,
        bool hasWaiting,
        TimeProvider timeProvider
    )
    {
        Task completion = Task.WhenAny(attempts)
            .WaitAsync(hasWaiting ? AttemptDelay : Timeout.InfiniteTimeSpan, timeProvider);
        await completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task CloseAsync<T>(List<Task<Either<ClientError, T>>> attempts)
        where T : IAsyncDisposable
    {
        foreach (var attempt in attempts)
        {
            await ((Task)attempt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (attempt is { IsCompletedSuccessfully: true, Result.IsRight: true })
            {
                await ((T)attempt.Result).DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
