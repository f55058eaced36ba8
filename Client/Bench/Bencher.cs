using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Bench.Statistics;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Statistics;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Cli.Bench;

/// <summary>Runs a benchmark: finds the server, measures scheduling jitter, runs the load, and reports.</summary>
/// <param name="settings">The target and the timeouts.</param>
/// <param name="profile">The load.</param>
/// <param name="jitterDuration">How long to measure scheduling jitter; zero skips it.</param>
/// <param name="reporter">Prints progress and the result.</param>
/// <param name="time">The clock.</param>
internal sealed class Bencher(
    ConnectionSettings settings,
    LoadProfile profile,
    TimeSpan jitterDuration,
    Reporter reporter,
    TimeProvider time
)
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(200);

    private readonly LoadClock clock = new(time);

    // A copy of the counts of the load, which goes on meanwhile.
    private readonly LoadResult counts = new();
    private RateHistory rates = new();

    /// <summary>Runs it. A cancellation ends the load early; the result so far is reported.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled, and nothing else went wrong.</exception>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Show(LoadProgress.FindingAddress, seconds: 0);
        var endPoint = await FindEndPointAsync(cancellationToken);
        var jitter = endPoint.IsRight
            ? await MeasureJitterAsync(cancellationToken)
            : Option<LatencyHistogram>.None;
        reporter.Hide();
        cancellationToken.ThrowIfCancellationRequested();
        var started = endPoint.Bind(known => LoadRun.Start(settings, known, profile, clock));
        if (started.IsLeft)
        {
            var nothing = new LoadSummary(profile, new LoadResult(), 0);
            return reporter.Print(new BenchResult(settings.Target, nothing, jitter, (ClientError)started));
        }

        var loop = ((LoadRun)started).Loop;
        await MonitorAsync((LoadRun)started, cancellationToken);
        var seconds = loop.Window.Map(window => window.SecondsUntil(clock.Now)).IfNone(0);
        var summary = new LoadSummary(profile, loop.Result, seconds);
        var code = reporter.Print(
            new BenchResult(settings.Target, summary, jitter, loop.Error)
            {
                Rates = rates,
                IsInterrupted = cancellationToken.IsCancellationRequested,
            }
        );
        if (code == ExitCodes.Success.Code)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return code;
    }

    /// <summary>Connects once, to find the address of the target that accepts connections.</summary>
    private async Task<Either<ClientError, EndPoint>> FindEndPointAsync(CancellationToken cancellationToken)
    {
        var dialled = await Dialer.DialWithTimeoutAsync(
            settings.Target,
            settings.ClientOptions,
            cancellationToken
        );
        if (dialled.IsLeft)
        {
            return (ClientError)dialled;
        }

        await using var stream = (NetworkStream)(Stream)dialled;
        var remote = Prelude.Optional(stream.Socket.RemoteEndPoint);
        // With a timeout of 0 the connection is reset, as those of the load are.
        stream.Socket.Close(timeout: 0);
        return remote.ToEither(
            (ClientError)new ClientError.ConnectFailed(settings.Target, SocketError.NotConnected)
        );
    }

    /// <summary>Shows progress until the load has ended.</summary>
    private async Task MonitorAsync(LoadRun run, CancellationToken cancellationToken)
    {
        using var interrupted = cancellationToken.UnsafeRegister(
            static loop => ((ILoadLoop)loop!).Stop(),
            run.Loop
        );
        while (!run.Completion.IsCompleted)
        {
            Sample(run.Loop);
            Show(run.Loop);
            await Task.WhenAny(run.Completion, Task.Delay(RefreshInterval, time, CancellationToken.None));
        }

        reporter.Hide();
        await run.Completion;
        Sample(run.Loop);
    }

    /// <summary>Adds the replies since the last call to those over time.</summary>
    private void Sample(ILoadLoop loop)
    {
        var elapsed =
            loop.Window.Map(window => (long)(window.SecondsUntil(clock.Now) * 1e9)).IfNone(0)
            - rates.Nanoseconds;
        if (elapsed > 0)
        {
            rates = rates.Add(elapsed, loop.Result.Replies - rates.Replies);
        }
    }

    private void Show(LoadProgress progress, double seconds)
    {
        if (reporter.IsLive)
        {
            reporter.Show(new(settings.Target, progress, new(profile, counts, seconds), rates));
        }
    }

    private void Show(ILoadLoop loop)
    {
        if (!reporter.IsLive)
        {
            return;
        }

        counts.CopyFrom(loop.Result);
        var seconds = loop.Window.Map(window => window.SecondsUntil(clock.Now)).IfNone(0);
        Show(LoadProgress.Of(profile, loop.Greeted, loop.Window, counts.Replies, clock.Now), seconds);
    }

    /// <summary>On a thread like that of the load.</summary>
    private async Task<Option<LatencyHistogram>> MeasureJitterAsync(CancellationToken cancellationToken)
    {
        if (jitterDuration == TimeSpan.Zero)
        {
            return Option<LatencyHistogram>.None;
        }

        Show(LoadProgress.MeasuringJitter, seconds: 0);
        return await LoadRun.StartThread(() =>
            SchedulingJitter.Measure(clock, jitterDuration, cancellationToken)
        );
    }
}
