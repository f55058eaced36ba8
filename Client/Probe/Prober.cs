using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Probe;

/// <summary>
/// Probes in rounds: in each, all addresses that the target has by then, at the same time. A round ends with its slowest
/// probe, and the next begins as <see cref="Schedule"/> says.
/// </summary>
/// <param name="settings">Whom to call, and how.</param>
/// <param name="options">How often, and how long.</param>
/// <param name="report">Who is told.</param>
/// <param name="environment">The clock, and where to complain.</param>
internal sealed class Prober(
    ConnectionSettings settings,
    ProbeOptions options,
    IProbeReport report,
    CliEnvironment environment
)
{
    private readonly TimeProvider time = environment.Time;
    private long startedAt;
    private ProbeStatistics statistics = ProbeStatistics.Empty;

    private TimeSpan Elapsed => time.GetElapsedTime(startedAt);

    /// <summary>Does it, until the plan or Ctrl-C ends it, and then sums up.</summary>
    /// <returns>The exit code: how the probes went, however it was ended.</returns>
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
            // What there is by now is what is summed up.
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
        var due = TimeSpan.Zero;
        for (var round = 1L; options.Count.ForAll(count => round <= count); round++)
        {
            await WaitUntilAsync(due, cancellationToken);
            await ProbeAsync(round, cancellationToken);
            due = Schedule.Next(due, Elapsed, options.Interval);
        }
    }

    private async Task WaitUntilAsync(TimeSpan due, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (due - Elapsed is var left && left > TimeSpan.Zero)
        {
            // A timer knows milliseconds only.
            await Task.Delay(
                TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)),
                time,
                cancellationToken
            );
        }
    }

    private async Task ProbeAsync(long round, CancellationToken cancellationToken)
    {
        var (at, start) = (time.GetLocalNow(), Elapsed);
        var found = await settings.Target.ResolveAsync(settings.ClientOptions, cancellationToken);
        if (found.IsLeft)
        {
            // No address can be found now: that is how it is for each that could be before.
            var result = ProbeResult.Failed((ClientError)found);
            foreach (var address in statistics.AddressesOf(settings.Target))
            {
                Report(new ProbeSample(address, round, at, start, Elapsed, result));
            }

            return;
        }

        await ReportAllAsync([
            .. ((ImmutableArray<ServerEndPoint>)found).Select(address =>
                ProbeAsync(address, round, cancellationToken)
            ),
        ]);
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
        return new ProbeSample(
            address,
            round,
            at,
            start,
            start + TimeToReply(result).IfNone(Elapsed - start),
            result
        );
    }

    /// <summary>How long it took to the reply; the goodbye that follows it is no part of that.</summary>
    private static Option<TimeSpan> TimeToReply(ProbeResult result) =>
        result.Reply.Map(reply =>
            result.Connect.IfNone(TimeSpan.Zero) + result.Greeting.IfNone(TimeSpan.Zero) + reply
        );

    /// <summary>Tells of each as soon as it ends; those that are stopped have no result.</summary>
    private async Task ReportAllAsync(ImmutableArray<Task<ProbeSample>> probes)
    {
        await foreach (var probe in Task.WhenEach(probes))
        {
            if (probe.IsCanceled)
            {
                statistics = statistics.AddUnfinished();
            }
            else
            {
                Report(await probe);
            }
        }
    }

    private void Report(ProbeSample sample)
    {
        var kept = sample.Rounded();
        statistics = statistics.Add(kept);
        report.OnSample(kept, statistics);
    }

    private int ReportNoResult() =>
        new CliError(
            ExitCodes.TimedOut,
            "The deadline came before the end of the first probe: allow more time."
        ).WriteTo(environment.Error);
}
