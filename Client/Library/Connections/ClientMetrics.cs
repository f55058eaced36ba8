using System.Diagnostics;
using System.Diagnostics.Metrics;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>The metrics of a client.</summary>
internal sealed class ClientMetrics
{
    /// <summary>The name of the meter.</summary>
    internal const string MeterName = "TinyTcp.Client";

    /// <summary>The tag with the code of an error.</summary>
    internal const string ErrorType = "error.type";
    private const string ServerAddress = "server.address";
    private const string ServerPort = "server.port";

    private static readonly Meter ProcessMeter = new(MeterName);

    // The default boundaries of OpenTelemetry for seconds, and finer ones below 5 ms.
    private static readonly InstrumentAdvice<double> DurationBuckets = new()
    {
        HistogramBucketBoundaries =
        [
            0.0001,
            0.00025,
            0.0005,
            0.001,
            0.0025,
            0.005,
            0.01,
            0.025,
            0.05,
            0.1,
            0.25,
            0.5,
            1,
            2.5,
            5,
            10,
        ],
    };

    private readonly TimeProvider timeProvider;
    private readonly TagList serverTags;
    private readonly Histogram<double> requestDuration;
    private readonly Histogram<double> connectDuration;
    private readonly UpDownCounter<long> connections;

    /// <summary>Creates the instruments by the options' factory, or on the meter of the process.</summary>
    /// <param name="server">The server, for tags; none for an attached stream.</param>
    /// <param name="options">The clock and the factory.</param>
    internal ClientMetrics(Option<ServerEndPoint> server, ClientOptions options)
    {
        timeProvider = options.TimeProvider;
        serverTags = server.Map(TagsOf).IfNone(default(TagList));
        var meter = options.MeterFactory?.Create(MeterName) ?? ProcessMeter;
        requestDuration = meter.CreateHistogram<double>(
            "tinytcp.client.request.duration",
            "s",
            "Time from a request to its reply or error.",
            tags: null,
            DurationBuckets
        );
        connectDuration = meter.CreateHistogram<double>(
            "tinytcp.client.connect.duration",
            "s",
            "Time from a connect to the greeting or error.",
            tags: null,
            DurationBuckets
        );
        connections = meter.CreateUpDownCounter<long>(
            "tinytcp.client.connections",
            "{connection}",
            "Open connections."
        );
    }

    /// <summary>Counts a connection after its greeting.</summary>
    internal void ConnectionOpened() => connections.Add(1, serverTags);

    /// <summary>Counts a connection that is closed.</summary>
    internal void ConnectionClosed() => connections.Add(-1, serverTags);

    /// <summary>Records the duration of a request.</summary>
    /// <param name="since">When it was sent, as a timestamp.</param>
    /// <param name="error">Its error, if any.</param>
    internal void RequestCompleted(long since, Option<ClientError> error) =>
        Record(requestDuration, since, error);

    /// <summary>Records the duration of a connect.</summary>
    /// <param name="since">When it began, as a timestamp.</param>
    /// <param name="error">Its error, if any.</param>
    internal void ConnectCompleted(long since, Option<ClientError> error) =>
        Record(connectDuration, since, error);

    /// <summary>The tags of OpenTelemetry's conventions for a server: its host and port, or the path of its socket.</summary>
    internal static TagList TagsOf(ServerEndPoint server) =>
        server.Match<TagList>(
            tcp: static tcp => TagsOf(tcp.Server),
            tls: static tls => TagsOf(tls.Server),
            unix: static unix => new() { { ServerAddress, unix.Path } }
        );

    private static TagList TagsOf(HostPort server) =>
        new() { { ServerAddress, server.Host }, { ServerPort, server.Port } };

    private void Record(Histogram<double> histogram, long since, Option<ClientError> error)
    {
        if (histogram.Enabled)
        {
            var tags = serverTags;
            error.IfSome(known => tags.Add(ErrorType, known.Code));
            histogram.Record(timeProvider.GetElapsedTime(since).TotalSeconds, tags);
        }
    }
}
