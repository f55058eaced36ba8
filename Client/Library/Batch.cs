using LanguageExt;
using TinyTcp.Client.Batches;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client;

/// <summary>How a batch went.</summary>
/// <param name="Replies">How many requests were answered, by errors too.</param>
/// <param name="Errors">How many of them by errors.</param>
/// <param name="Error">What ended it before everything was answered; or else the first error that was an answer.</param>
public sealed record BatchResult(long Replies, long Errors, Option<ClientError> Error);

/// <summary>
/// Any number of requests over a connection of their own, as fast as the server takes them: they are sent without waiting
/// for replies, and what is held of them is bounded. Each reply is checked against its request, or its first 128 KiB.
/// </summary>
public static class Batch
{
    /// <summary>
    /// Sends requests, finishes sending, and waits for as many replies as there were requests. Nothing is sent twice. Where
    /// something is owed for longer than <see cref="ClientOptions.ReplyTimeout"/> without any reply coming, it gives up.
    /// </summary>
    /// <param name="endPoint">How the server is reached.</param>
    /// <param name="options">
    /// How long to wait, and how much to read of a reply. The observer is told of the greeting only.
    /// </param>
    /// <param name="requests">
    /// Lines: requests or not. Blank ones are sent, without their white space, and get no reply (F-3). A read that does not
    /// end when it is cancelled may be left under way.
    /// </param>
    /// <param name="onReplies">
    /// Gets the replies in order, as they came: whole lines with their LF. The memory is the reader's own: it holds them only
    /// until the task that is returned has ended.
    /// </param>
    /// <param name="onProgress">Told now and then how many replies have come.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How it went; or why there was no connection.</returns>
    public static async Task<Either<ClientError, BatchResult>> SendAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        Stream requests,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies,
        Action<long> onProgress,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(onReplies);
        ArgumentNullException.ThrowIfNull(onProgress);
        var wrong = options.Validate();
        if (wrong.IsSome)
        {
            return (ClientError)wrong;
        }

        var dialled = await Dialer
            .DialWithTimeoutAsync(endPoint, options, cancellationToken)
            .ConfigureAwait(false);
        return dialled.IsLeft
            ? (ClientError)dialled
            : (
                await SendAsync(
                        (Stream)dialled,
                        ((Stream)dialled).ShutdownSendAsync,
                        options,
                        requests,
                        onReplies,
                        onProgress,
                        cancellationToken
                    )
                    .ConfigureAwait(false)
            )
                .Map(result => result with { Error = result.Error.Map(error => error.WithServer(endPoint)) })
                .MapLeft(error => error.WithServer(endPoint));
    }

    /// <summary>Sends a batch on a connection.</summary>
    internal static async Task<Either<ClientError, BatchResult>> SendAsync(
        Stream connection,
        Func<CancellationToken, Task> shutdownSend,
        ClientOptions options,
        Stream requests,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> onReplies,
        Action<long> onProgress,
        CancellationToken cancellationToken
    )
    {
        var opened = await GreetedStream
            .OpenAsync(connection, options, cancellationToken)
            .ConfigureAwait(false);
        if (opened.IsLeft)
        {
            return (ClientError)opened;
        }

        var greeted = (GreetedStream)opened;
        await using (greeted.Stream.ConfigureAwait(false))
        {
            var run = new BatchRun(greeted, shutdownSend, options, onReplies, onProgress);
            await using (run.ConfigureAwait(false))
            {
                var (replies, errors, error) = await run.RunAsync(requests, cancellationToken)
                    .ConfigureAwait(false);
                return new BatchResult(replies, errors, error);
            }
        }
    }
}
