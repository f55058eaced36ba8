using LanguageExt;
using TinyTcp.Client.Batches;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client;

/// <summary>The result of a batch.</summary>
/// <param name="Replies">The number of replies, error replies included.</param>
/// <param name="Errors">The number of error replies.</param>
/// <param name="Error">Why the batch ended early; or else the first error reply, if any.</param>
public sealed record BatchResult(long Replies, long Errors, Option<ClientError> Error);

/// <summary>
/// Sends any number of requests on a connection of its own as fast as the server accepts them. It does not wait for replies between
/// them, uses bounded memory, and checks each reply against its request, or against the request's first 128 KiB.
/// </summary>
public static class Batch
{
    /// <summary>
    /// Sends requests, finishes sending, and reads one reply for each. Never sends a request twice. Times out when
    /// <see cref="ClientOptions.ReplyTimeout"/> passes without a reply while replies are due.
    /// </summary>
    /// <param name="endPoint">The server.</param>
    /// <param name="options">Time-outs and limits. OnLine is called for the greeting only, the other callbacks never.</param>
    /// <param name="requests">
    /// Lines, valid requests or not. A blank line gets no reply (F-3). A read that ignores its cancellation is abandoned.
    /// </param>
    /// <param name="onReplies">
    /// Called with replies in order: whole lines with their LF. The memory is valid until the returned task completes.
    /// </param>
    /// <param name="onProgress">Called from time to time with the number of replies.</param>
    /// <param name="cancellationToken">Cancels the task.</param>
    /// <returns>The result, or why there was no connection.</returns>
    /// <example>
    /// <code>
    /// var server = ServerEndPoint.From("127.0.0.1:40000").OrThrow();
    /// await using var requests = File.OpenRead("requests.txt");
    /// await using var output = Console.OpenStandardOutput();
    /// var sent = await Batch.SendAsync(server, ClientOptions.Default, requests, output.WriteAsync, replies =&gt; { }).OrThrow();
    /// Console.WriteLine($"{sent.Replies} replies, {sent.Errors} errors");
    /// </code>
    /// </example>
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
