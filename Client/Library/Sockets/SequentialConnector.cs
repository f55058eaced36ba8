using System.Net;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Sockets;

/// <summary>Connects to the first address that accepts.</summary>
internal static class SequentialConnector
{
    /// <summary>
    /// Tries the addresses in order. Each may take an equal share of the time that is left, so that one that does not respond
    /// leaves time for the others; the last may take all of it.
    /// </summary>
    /// <param name="addresses">At least one.</param>
    /// <param name="options">The clock and <see cref="ClientOptions.ConnectTimeout"/>; the caller cancels at its end.</param>
    /// <param name="startedAt">When that time started, as a timestamp of the clock.</param>
    /// <param name="connect">Connects to one address.</param>
    /// <param name="cancellationToken">Cancels the connect.</param>
    /// <returns>The result of the first success, or the error of the last address.</returns>
    internal static async Task<Either<ClientError, T>> ConnectAsync<T>(
        IPAddress[] addresses,
        ClientOptions options,
        long startedAt,
        Func<IPAddress, CancellationToken, Task<Either<ClientError, T>>> connect,
        CancellationToken cancellationToken
    )
    {
        for (var index = 0; index < addresses.Length - 1; index++)
        {
            var address = addresses[index];
            var remaining = options.ConnectTimeout - options.TimeProvider.GetElapsedTime(startedAt);
            var connected = await Deadline
                .RunAsync(
                    TimeSpan.FromTicks(Math.Max(0, remaining.Ticks / (addresses.Length - index))),
                    options.TimeProvider,
                    PendingOperation.Connection,
                    token => connect(address, token),
                    cancellationToken
                )
                .ConfigureAwait(false);
            if (connected.IsRight)
            {
                return connected;
            }
        }

        return await connect(addresses[^1], cancellationToken).ConfigureAwait(false);
    }
}
