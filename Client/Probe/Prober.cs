using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// Probes all addresses of the target in rounds that start at the interval. A probe that waits delays neither the next round nor
/// another address, so that an outage counts with all probes that were due in it. What cannot start in time is skipped and
/// counted: rounds that are late by whole intervals, and the probes of an address with <see cref="MaxUnderWay"/> under way.
/// </summary>
/// <param name="settings">The target and the timeouts.</param>
/// <param name="options">The interval and the limits.</param>
/// <param name="resolveAsync">Resolves the target to its addresses.</param>
/// <param name="report">The output.</param>
/// <param name="environment">The clock and standard error.</param>
internal sealed class Prober(
    ConnectionSettings settings,
    ProbeOptions options,
    Func<CancellationToken, Task<Either<ClientError, ImmutableArray<ServerEndPoint>>>> resolveAsync,
    IProbeReport report,
    CliEnvironment environment
)
{
    /// <summary>The most probes of an address at a time: each has a descriptor.</summary>
    internal const int MaxUnderWay = 200;

    private readonly TimeProvider time = environment.Time;
    private readonly ProbeStatistics statistics = new();
    private readonly TaskLoop loop = new();

    // Rounds that wait for the name resolution that is under way.
    private readonly List<Round> unresolved = [];
    private ImmutableArray<ServerEndPoint> addresses = [];
    private CancellationToken endToken;
    private long startedAt;
    private long roundCount;

    private TimeSpan Elapsed => time.GetElapsedTime(startedAt);

    private bool CanStartRound =>
        unresolved.Count < MaxUnderWay && (addresses.IsEmpty || addresses.Any(CanStartProbe));

    /// <summary>Probes until the count, the deadline or a cancellation, and then prints the summary.</summary>
    /// <returns>The exit code of the results.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled before the first result.</exception>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(
            options.Deadline.IfNone(Timeout.InfiniteTimeSpan),
            time
        );
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        (endToken, startedAt) = (either.Token, time.GetTimestamp());
        report.OnStart(options);
        try
        {
            OnDue(0);
            await loop.RunAsync();
        }
        finally
        {
            // If the output fails, probes are under way.
            await either.CancelAsync();
        }

        unresolved.ForEach(round => statistics.StartUnresolved(settings.Target, round.Start));
        statistics.End(Elapsed);
        report.OnEnd(statistics);
        if (statistics.ExitCode.IsNone)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return statistics.ExitCode.Match(Some: static code => code.Code, None: ReportNoResult);
    }

    /// <summary>Starts the round that is due, and waits for the next one.</summary>
    /// <param name="tick">How many intervals after the start of the run it was due.</param>
    private void OnDue(long tick)
    {
        var missed = (Elapsed - DueTime(tick)).Ticks / options.Interval.Ticks;
        var canStart = CanStartRound;
        foreach (var address in addresses)
        {
            statistics.Of(address).Skip(canStart ? missed : missed + 1);
        }

        if (canStart)
        {
            StartRound();
        }

        var next = tick + missed + 1;
        if (
            options.Count.ForAll(count => roundCount < count)
            && options.Deadline.ForAll(deadline => DueTime(next) < deadline)
        )
        {
            loop.Add(WaitUntilAsync(DueTime(next)), () => OnDue(next));
        }
    }

    private TimeSpan DueTime(long tick) => TimeSpan.FromTicks(options.Interval.Ticks * tick);

    private async Task WaitUntilAsync(TimeSpan due)
    {
        // Timers have a resolution of milliseconds, and may end early.
        for (var rest = due - Elapsed; rest > TimeSpan.Zero; rest = due - Elapsed)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time, endToken);
        }
    }

    private void StartRound()
    {
        unresolved.Add(new Round(++roundCount, time.GetLocalNow(), Elapsed));
        if (unresolved.Count == 1)
        {
            loop.Add(resolveAsync(endToken), OnResolved);
        }
    }

    private void OnResolved(Either<ClientError, ImmutableArray<ServerEndPoint>> resolved)
    {
        foreach (var round in unresolved)
        {
            if (resolved.IsLeft)
            {
                ReportUnresolved(round, (ClientError)resolved);
            }
            else
            {
                addresses = (ImmutableArray<ServerEndPoint>)resolved;
                StartProbes(round);
            }
        }

        unresolved.Clear();
    }

    /// <summary>The name does not resolve now: a lost probe of every address found before.</summary>
    private void ReportUnresolved(Round round, ClientError error)
    {
        var (number, at, start) = round;
        foreach (var address in statistics.AddressesOf(settings.Target))
        {
            Report(new ProbeSample(address, number, at, start, Elapsed, ProbeResult.Failed(error)));
        }
    }

    private void StartProbes(Round round)
    {
        foreach (var address in addresses)
        {
            var known = statistics.Of(address);
            if (CanStartProbe(address))
            {
                var start = Elapsed;
                known.Start(start);
                loop.Add(ProbeAsync(address, round.Number, time.GetLocalNow(), start), Report);
            }
            else
            {
                known.Skip(1);
            }
        }
    }

    private bool CanStartProbe(ServerEndPoint address) => statistics.Of(address).UnderWay < MaxUnderWay;

    private async Task<ProbeSample> ProbeAsync(
        ServerEndPoint address,
        long round,
        DateTimeOffset at,
        TimeSpan start
    )
    {
        var result = await ServerProbe.RunAsync(address, settings.ClientOptions, endToken);
        // The goodbye after the reply does not count.
        var end = result.Reply.Match(
            Some: reply =>
                start + result.Connect.IfNone(TimeSpan.Zero) + result.Greeting.IfNone(TimeSpan.Zero) + reply,
            None: () => Elapsed
        );
        return new ProbeSample(address, round, at, start, end, result);
    }

    private void Report(ProbeSample sample)
    {
        statistics.Add(sample);
        report.OnSample(sample, statistics);
    }

    private int ReportNoResult() =>
        new CliError(
            ExitCodes.TimedOut,
            "The deadline passed before the first probe ended. Raise --deadline."
        ).WriteTo(environment);

    /// <summary>A round that has started.</summary>
    private readonly record struct Round(long Number, DateTimeOffset StartedAt, TimeSpan Start);
}
