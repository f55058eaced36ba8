using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// Probes in rounds. A round probes all addresses of the target concurrently and ends with the slowest probe. Rounds start at
/// the interval; one that is late starts when the round before ends, and missed rounds are not made up for.
/// </summary>
/// <param name="settings">The target and the timeouts.</param>
/// <param name="options">The interval and the limits.</param>
/// <param name="report">The output.</param>
/// <param name="environment">The clock and standard error.</param>
internal sealed class Prober(
    ConnectionSettings settings,
    ProbeOptions options,
    IProbeReport report,
    CliEnvironment environment
)
{
    private readonly TimeProvider time = environment.Time;
    private readonly ProbeStatistics statistics = new();
    private long startedAt;

    private TimeSpan Elapsed => time.GetElapsedTime(startedAt);

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
        startedAt = time.GetTimestamp();
        report.OnStart(options);
        try
        {
            await ProbeAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The usual end: the summary follows.
        }

        report.OnEnd(statistics);
        if (statistics.ExitCode.IsNone)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return statistics.ExitCode.Match(Some: static code => code.Code, None: ReportNoResult);
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Interval, time);
        for (var round = 1L; options.Count.ForAll(count => round <= count); round++)
        {
            if (round > 1)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }

            await ProbeAsync(round, cancellationToken);
        }
    }

    private async Task ProbeAsync(long round, CancellationToken cancellationToken)
    {
        var (at, start) = (time.GetLocalNow(), Elapsed);
        var addresses = await settings.Target.ResolveAsync(settings.ClientOptions, cancellationToken);
        if (addresses.IsLeft)
        {
            // The name does not resolve now: a lost probe of every address found before.
            var result = ProbeResult.Failed((ClientError)addresses);
            foreach (var address in statistics.AddressesOf(settings.Target))
            {
                Report(new ProbeSample(address, round, at, start, Elapsed, result));
            }

            return;
        }

        var probes = ((ImmutableArray<ServerEndPoint>)addresses).Select(address =>
            ProbeAsync(address, round, cancellationToken)
        );
        await foreach (var probe in Task.WhenEach(probes))
        {
            if (probe.IsCanceled)
            {
                statistics.AddUnfinished();
            }
            else
            {
                Report(await probe);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<ProbeSample> ProbeAsync(
        ServerEndPoint address,
        long round,
        CancellationToken cancellationToken
    )
    {
        var (at, start) = (time.GetLocalNow(), Elapsed);
        var result = await ServerProbe.RunAsync(address, settings.ClientOptions, cancellationToken);
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
        ).WriteTo(environment.Error);
}
