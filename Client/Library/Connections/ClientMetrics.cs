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

    private const string ErrorType = "error.type";

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
    private readonly Histogram<double> requestDuration;
    private readonly Histogram<double> connectDuration;
    private readonly UpDownCounter<long> connections;

    /// <summary>Creates the instruments by the options' factory, or on the meter of the process.</summary>
    internal ClientMetrics(ClientOptions options)
    {
        timeProvider = options.TimeProvider;
        var meter = options.MeterFactory.Match(
            Some: static factory => factory.Create(MeterName),
            None: static () => ProcessMeter
        );
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
    internal void ConnectionOpened() => connections.Add(1);

    /// <summary>Counts a connection that is closed.</summary>
    internal void ConnectionClosed() => connections.Add(-1);

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

    private void Record(Histogram<double> histogram, long since, Option<ClientError> error)
    {
        if (histogram.Enabled)
        {
            var tags = error.IsSome ? new TagList { { ErrorType, ((ClientError)error).Code } } : default;
            histogram.Record(timeProvider.GetElapsedTime(since).TotalSeconds, tags);
        }
    }
}
