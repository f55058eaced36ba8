using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TinyTcp.Server.Loop;

namespace TinyTcp.Server;

/// <summary>
/// Looks after the loops once a second: says which of them is stuck in a turn, and, at most every ten seconds, how many
/// connections were refused.
/// </summary>
internal sealed class Watchman : IDisposable
{
    private const int LooksBetweenReports = 10;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<Watched> watched;
    private readonly Admission admission;
    private readonly ILogger log;
    private readonly ITimer timer;
    private long reported;
    private int looksSinceReport = LooksBetweenReports;
    private volatile bool someStuck;

    /// <summary>Begins to look.</summary>
    public Watchman(ImmutableArray<ILoop> loops, Admission admission, TimeProvider time, ILogger log)
    {
        watched = [.. loops.Select(static (loop, index) => new Watched(loop, index + 1))];
        this.admission = admission;
        this.log = log;
        timer = time.CreateTimer(static man => ((Watchman)man!).Look(), this, Period, Period);
    }

    /// <summary>Whether a loop has been in the same turn for more than a second.</summary>
    public bool SomeStuck => someStuck;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    /// <summary>One look.</summary>
    public void Look()
    {
        foreach (var each in watched)
        {
            each.Look(log);
        }

        someStuck = watched.Any(static each => each.IsStuck);
        Report();
    }

    private void Report()
    {
        looksSinceReport++;
        if (admission.Refused is var refused && refused > reported && looksSinceReport >= LooksBetweenReports)
        {
            log.Refused(refused - reported, admission.Count);
            (reported, looksSinceReport) = (refused, 0);
        }
    }

    /// <summary>A loop, and what was seen of it.</summary>
    private sealed class Watched(ILoop loop, int number)
    {
        private long seen;

        public bool IsStuck { get; private set; }

        public void Look(ILogger log)
        {
            var beats = loop.Beats;
            var stuck = beats == seen && ILoop.IsInTurn(beats);
            seen = beats;
            if (stuck && !IsStuck)
            {
                log.Stuck(number);
            }
            else if (!stuck && IsStuck)
            {
                log.MovesAgain(number);
            }

            IsStuck = stuck;
        }
    }
}
