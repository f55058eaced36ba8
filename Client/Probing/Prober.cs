using System.Collections.Immutable;
using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli.Probing;

/// <summary>
/// Probes in rounds: in each, all addresses that the target has by then, at the same time. A round ends with its slowest
/// probe, and the next begins as <see cref="Schedule"/> says.
/// </summary>
/// <param name="call">Whom to call, and how.</param>
/// <param name="plan">How often, and how long.</param>
/// <param name="report">Who is told.</param>
/// <param name="surroundings">The clock, and where to complain.</param>
internal sealed class Prober(Call call, Plan plan, IReport report, Surroundings surroundings)
{
    private readonly TimeProvider time = surroundings.Time;
    private long began;
    private Tally tally = Tally.Empty;

    private TimeSpan Elapsed => time.GetElapsedTime(began);

    /// <summary>Does it, until the plan or Ctrl-C ends it, and then sums up.</summary>
    /// <returns>The exit code: how the probes went, however it was ended.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(
            plan.Deadline.IfNone(Timeout.InfiniteTimeSpan),
            time
        );
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        began = time.GetTimestamp();
        report.Begin(plan);
        try
        {
            await ProbeAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // What there is by now is what is summed up.
        }

        report.End(tally);
        if (tally.Outcome.IsNone)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return tally.Outcome.Match(Some: static code => code.Code, None: TellTooEarly);
    }

    private async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var due = TimeSpan.Zero;
        for (var round = 1L; plan.Count.ForAll(count => round <= count); round++)
        {
            await WaitUntilAsync(due, cancellationToken);
            await ProbeAsync(round, cancellationToken);
            due = Schedule.Next(due, Elapsed, plan.Interval);
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
        var found = await call.Target.ResolveAsync(call.Options, cancellationToken);
        if (found.IsLeft)
        {
            // No address can be found now: that is how it is for each that could be before.
            var result = ProbeResult.Failed((ClientError)found);
            foreach (var address in tally.Known(call.Target))
            {
                Tell(new Sample(address, round, at, start, Elapsed, result));
            }

            return;
        }

        await TellAllAsync([
            .. ((ImmutableArray<Target>)found).Select(address =>
                ProbeAsync(address, round, cancellationToken)
            ),
        ]);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<Sample> ProbeAsync(Target address, long round, CancellationToken cancellationToken)
    {
        var (at, start) = (time.GetLocalNow(), Elapsed);
        var result = await Probe.RunAsync(address, call.Options, cancellationToken);
        return new Sample(
            address,
            round,
            at,
            start,
            start + Answered(result).IfNone(Elapsed - start),
            result
        );
    }

    /// <summary>How long it took to the reply; the goodbye that follows it is no part of that.</summary>
    private static Option<TimeSpan> Answered(ProbeResult result) =>
        result.Reply.Map(reply =>
            result.Connect.IfNone(TimeSpan.Zero) + result.Greeting.IfNone(TimeSpan.Zero) + reply
        );

    /// <summary>Tells of each as soon as it ends; those that are stopped have no result.</summary>
    private async Task TellAllAsync(ImmutableArray<Task<Sample>> probes)
    {
        await foreach (var probe in Task.WhenEach(probes))
        {
            if (probe.IsCanceled)
            {
                tally = tally.AddUnfinished();
            }
            else
            {
                Tell(await probe);
            }
        }
    }

    private void Tell(Sample sample)
    {
        var kept = sample.Kept();
        tally = tally.Add(kept);
        report.Tell(kept, tally);
    }

    private int TellTooEarly() =>
        new Complaint(
            ExitCodes.TimedOut,
            "The deadline came before the end of the first probe: allow more time."
        ).Tell(surroundings.Error);
}
