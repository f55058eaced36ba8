using System.Globalization;
using LanguageExt;
using TinyTcp.Client.Connections;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client;

/// <summary>The result of a probe. A step that was not reached has no time.</summary>
/// <param name="Connect">Time to connect, with name resolution and TLS handshake.</param>
/// <param name="Greeting">Time from there to the greeting .</param>
/// <param name="Reply">Time from the request to its reply.</param>
/// <param name="Error">Why there is no correct reply, if so.</param>
public sealed record ProbeResult(
    Option<TimeSpan> Connect,
    Option<TimeSpan> Greeting,
    Option<TimeSpan> Reply,
    Option<ClientError> Error
)
{
    /// <summary>A probe that failed before the connection was established.</summary>
    /// <param name="error">The error.</param>
    /// <returns>A result without times.</returns>
    public static ProbeResult Failed(ClientError error) => new(default, default, default, error);
}

/// <summary>
/// Probes a server on a connection of its own: connect, greeting, one ECHO of a random text, and a QUIT that is not measured.
/// </summary>
public static class ServerProbe
{
    // The limit of QUIT and the close.
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Probes a server once.</summary>
    /// <param name="endPoint">The server; the addresses of a host name are tried in parallel (RFC 8305).</param>
    /// <param name="options">The time-outs of each step, and the clock.</param>
    /// <param name="cancellationToken">Cancels the task, unless the reply has been received.</param>
    /// <returns>The times of the steps that were reached, and the error, if any.</returns>
    /// <example>
    /// <code>
    /// var server = ServerEndPoint.From("127.0.0.1:40000").OrThrow();
    /// var probe = await ServerProbe.RunAsync(server, ClientOptions.Default);
    /// Console.WriteLine(probe);
    /// </code>
    /// </example>
    public static async Task<ProbeResult> RunAsync(
        ServerEndPoint endPoint,
        ClientOptions options,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        var connect = Option<TimeSpan>.None;
        var created = TinyTcpClient.Create(
            endPoint,
            options with
            {
                Reconnect = default,
            },
            elapsed => connect = elapsed
        );
        if (created.IsLeft)
        {
            return ProbeResult.Failed((ClientError)created);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var since = options.TimeProvider.GetTimestamp();
        var opened = await ((TinyTcpClient)created).ConnectAsync(cancellationToken).ConfigureAwait(false);
        if (opened.IsLeft)
        {
            return new ProbeResult(connect, default, default, (ClientError)opened);
        }

        var greeting = connect.Map(time => options.TimeProvider.GetElapsedTime(since) - time);
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

    /// <summary>Sends QUIT. Its failure does not change the result.</summary>
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
            // Cancelled after the reply: the result stands.
        }
    }
}
