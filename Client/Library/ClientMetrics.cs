using System.Diagnostics;
using System.Diagnostics.Metrics;
using LanguageExt;

namespace TinyTcp.Client;

/// <summary>What a client counts; nothing is reckoned where nobody listens.</summary>
internal sealed class ClientMetrics
{
    /// <summary>The name by which one listens to it.</summary>
    internal const string MeterName = "TinyTcp.Client";

    private const string ErrorType = "error.type";

    private static readonly Meter OfTheProcess = new(MeterName);

    // Those of OpenTelemetry for seconds, and finer below 5 ms: a reply may take microseconds.
    private static readonly InstrumentAdvice<double> Buckets = new()
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

    private readonly TimeProvider time;
    private readonly Histogram<double> replies;
    private readonly Histogram<double> connects;
    private readonly UpDownCounter<long> connections;

    /// <summary>Instruments of the options' factory, or else of the process's own meter.</summary>
    internal ClientMetrics(ClientOptions options)
    {
        time = options.Time;
        var meter = options.Meters.Match(
            Some: static factory => factory.Create(MeterName),
            None: static () => OfTheProcess
        );
        replies = meter.CreateHistogram<double>(
            "tinytcp.client.request.duration",
            "s",
            "From a request to its reply, or to the end of the wait.",
            tags: null,
            Buckets
        );
        connects = meter.CreateHistogram<double>(
            "tinytcp.client.connect.duration",
            "s",
            "From a call to the greeting, or to the end of the wait.",
            tags: null,
            Buckets
        );
        connections = meter.CreateUpDownCounter<long>(
            "tinytcp.client.connections",
            "{connection}",
            "Connections that are open."
        );
    }

    /// <summary>A connection was greeted.</summary>
    internal void Opened() => connections.Add(1);

    /// <summary>A connection is closed.</summary>
    internal void Closed() => connections.Add(-1);

    /// <summary>A request was answered, or will not be.</summary>
    /// <param name="since">When it was asked.</param>
    /// <param name="error">Why it was not answered as asked, if so.</param>
    internal void Answered(long since, Option<ClientError> error) => Record(replies, since, error);

    /// <summary>A call was answered by a greeting, or not.</summary>
    /// <param name="since">When it began.</param>
    /// <param name="error">Why there is no connection, if so.</param>
    internal void Called(long since, Option<ClientError> error) => Record(connects, since, error);

    private void Record(Histogram<double> histogram, long since, Option<ClientError> error)
    {
        if (histogram.Enabled)
        {
            var tags = error.IsSome ? new TagList { { ErrorType, ((ClientError)error).Code } } : default;
            histogram.Record(time.GetElapsedTime(since).TotalSeconds, tags);
        }
    }
}
