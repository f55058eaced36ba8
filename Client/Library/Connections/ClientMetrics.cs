using System.Diagnostics;
using System.Diagnostics.Metrics;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>What a client counts; nothing is reckoned where nobody listens.</summary>
internal sealed class ClientMetrics
{
    /// <summary>The name by which one listens to it.</summary>
    internal const string MeterName = "TinyTcp.Client";

    private const string ErrorType = "error.type";

    private static readonly Meter ProcessMeter = new(MeterName);

    // Those of OpenTelemetry for seconds, and finer below 5 ms: a reply may take microseconds.
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

    /// <summary>Instruments of the options' factory, or else of the process's own meter.</summary>
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
            "From a request to its reply, or to the end of the wait.",
            tags: null,
            DurationBuckets
        );
        connectDuration = meter.CreateHistogram<double>(
            "tinytcp.client.connect.duration",
            "s",
            "From a call to the greeting, or to the end of the wait.",
            tags: null,
            DurationBuckets
        );
        connections = meter.CreateUpDownCounter<long>(
            "tinytcp.client.connections",
            "{connection}",
            "Connections that are open."
        );
    }

    /// <summary>A connection was greeted.</summary>
    internal void ConnectionOpened() => connections.Add(1);

    /// <summary>A connection is closed.</summary>
    internal void ConnectionClosed() => connections.Add(-1);

    /// <summary>A request was answered, or will not be.</summary>
    /// <param name="since">When it was asked.</param>
    /// <param name="error">Why it was not answered as asked, if so.</param>
    internal void RequestCompleted(long since, Option<ClientError> error) =>
        Record(requestDuration, since, error);

    /// <summary>A call was answered by a greeting, or not.</summary>
    /// <param name="since">When it began.</param>
    /// <param name="error">Why there is no connection, if so.</param>
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
