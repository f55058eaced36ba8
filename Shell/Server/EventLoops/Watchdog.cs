using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Logging;

namespace TinyTcp.Server.EventLoops;

/// <summary>
/// Looks after the loops once a second: says which of them is stuck in a turn, and, at most every ten seconds, how many
/// connections were refused.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const int ChecksBetweenReports = 10;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<WatchedLoop> watchedLoops;
    private readonly ConnectionLimiter admission;
    private readonly ILogger log;
    private readonly ITimer timer;
    private long reported;
    private int checksSinceReport = ChecksBetweenReports;
    private volatile bool isAnyStuck;

    /// <summary>Begins to look.</summary>
    public Watchdog(
        ImmutableArray<IEventLoop> loops,
        ConnectionLimiter admission,
        TimeProvider time,
        ILogger log
    )
    {
        watchedLoops = [.. loops.Select(static (loop, index) => new WatchedLoop(loop, index + 1))];
        this.admission = admission;
        this.log = log;
        timer = time.CreateTimer(static man => ((Watchdog)man!).Check(), this, Period, Period);
    }

    /// <summary>Whether a loop has been in the same turn for more than a second.</summary>
    public bool IsAnyStuck => isAnyStuck;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    /// <summary>One look.</summary>
    public void Check()
    {
        foreach (WatchedLoop each in watchedLoops)
        {
            each.Check(log);
        }

        isAnyStuck = watchedLoops.Any(static each => each.IsStuck);
        Report();
    }

    private void Report()
    {
        checksSinceReport++;
        if (
            admission.Rejected is var refused
            && refused > reported
            && checksSinceReport >= ChecksBetweenReports
        )
        {
            log.Rejected(refused - reported, admission.Count);
            (reported, checksSinceReport) = (refused, 0);
        }
    }

    /// <summary>A loop, and what was seen of it.</summary>
    private sealed class WatchedLoop(IEventLoop loop, int number)
    {
        private long lastHeartbeat;

        public bool IsStuck { get; private set; }

        public void Check(ILogger log)
        {
            var beats = loop.Heartbeat;
            var stuck = beats == lastHeartbeat && IEventLoop.IsBusy(beats);
            lastHeartbeat = beats;
            if (stuck && !IsStuck)
            {
                log.Stuck(number);
            }
            else if (!stuck && IsStuck)
            {
                log.NoLongerStuck(number);
            }

            IsStuck = stuck;
        }
    }
}
