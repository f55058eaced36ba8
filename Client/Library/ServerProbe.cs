using System.Globalization;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Client;

/// <summary>How one probe went. What was not reached has no time.</summary>
/// <param name="Connect">From the call until the connection stood, TLS included.</param>
/// <param name="Greeting">From then until the greeting was there .</param>
/// <param name="Reply">From a request to its reply.</param>
/// <param name="Error">Why there was no right reply, if so.</param>
public sealed record ProbeResult(
    Option<TimeSpan> Connect,
    Option<TimeSpan> Greeting,
    Option<TimeSpan> Reply,
    Option<ClientError> Error
)
{
    /// <summary>A probe that got no further than this error.</summary>
    /// <param name="error">The error.</param>
    /// <returns>A result without times.</returns>
    public static ProbeResult Failed(ClientError error) => new(default, default, default, error);
}

/// <summary>
/// Finds out whether a server answers, and how fast: a connection of its own, the greeting, one request, and a goodbye
/// that is not measured. The request is the ECHO of a text that nobody else can have, so that the reply is surely its own.
/// </summary>
public static class ServerProbe
{
    // A server that has answered is not waited for any longer than this.
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Does it once.</summary>
    /// <param name="endPoint">How the server is reached; of several addresses, the first that lets itself be connected to.</param>
    /// <param name="options">How long to wait for each part, and on which clock.</param>
    /// <param name="cancellationToken">Gives up; then the task is cancelled, unless the reply is there.</param>
    /// <returns>The times of all that was reached, and the error that ended it, if one did.</returns>
    public static async Task<ProbeResult> RunAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Validate();
        if (wrong.IsSome)
        {
            return ProbeResult.Failed((ClientError)wrong);
        }

        var since = options.TimeProvider.GetTimestamp();
        var dialled = await Dialer
            .DialWithTimeoutAsync(endPoint, options, cancellationToken)
            .ConfigureAwait(false);
        var connect = options.TimeProvider.GetElapsedTime(since);
        return dialled.IsLeft
            ? ProbeResult.Failed((ClientError)dialled)
            : await GreetAsync((Stream)dialled, connect, options, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ProbeResult> GreetAsync(
        Stream stream,
        TimeSpan connect,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var since = options.TimeProvider.GetTimestamp();
        var opened = await TinyTcpClient
            .AttachAsync(stream, options, cancellationToken)
            .ConfigureAwait(false);
        var greeting = options.TimeProvider.GetElapsedTime(since);
        if (opened.IsLeft)
        {
            return new ProbeResult(connect, default, default, (ClientError)opened);
        }

        var client = (TinyTcpClient)opened;
        await using (client.ConfigureAwait(false))
        {
            var result = new ProbeResult(connect, greeting, default, default);
            return await MeasureEchoAsync(client, result, options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<ProbeResult> MeasureEchoAsync(
        TinyTcpClient client,
        ProbeResult greetingResult,
        ClientOptions options,
        CancellationToken cancellationToken
    )
    {
        var since = options.TimeProvider.GetTimestamp();
        var echo = await client.EchoAsync(UniqueText(), cancellationToken).ConfigureAwait(false);
        var reply = options.TimeProvider.GetElapsedTime(since);
        if (echo.IsLeft)
        {
            return greetingResult with { Error = (ClientError)echo };
        }

        await QuitAsync(client, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return greetingResult with { Reply = reply };
    }

    private static string UniqueText() =>
        string.Create(CultureInfo.InvariantCulture, $"tinytcp-{Random.Shared.NextInt64():x16}");

    /// <summary>Says goodbye. However that goes, the probe has been answered.</summary>
    private static async Task QuitAsync(
        TinyTcpClient client,
        TimeProvider timeProvider,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await Deadline
                .RunAsync(
                    QuitTimeout,
                    timeProvider,
                    PendingOperation.Close,
                    client.QuitAsync,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever gives up now has the reply already.
        }
    }
}
