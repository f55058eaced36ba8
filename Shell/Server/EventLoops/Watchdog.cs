using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Connections;
using TinyTcp.Server.Logging;

namespace TinyTcp.Server.EventLoops;

/// <summary>
/// Checks the loops every second: it logs which of them is stuck in a turn and, at most every 10 s, how many connections
/// were rejected; and it has memory returned after a peak of pending bytes.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const int ChecksBetweenReports = 10;
    private const long ReturnedPeak = 1024 * 1024;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<WatchedLoop> loops;
    private readonly ConnectionLimiter limiter;
    private readonly Action returnMemory;
    private readonly ILogger log;
    private readonly ITimer timer;
    private long reported;
    private int checksSinceReport = ChecksBetweenReports;
    private int checksSinceReturn;
    private volatile bool isAnyStuck;

    /// <summary>Starts to check.</summary>
    /// <param name="loops">The loops.</param>
    /// <param name="limiter">Their connections.</param>
    /// <param name="returnMemory">Called when more than 1 MiB of pending bytes has been released since the last call.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">The log.</param>
    public Watchdog(
        ImmutableArray<IEventLoop> loops,
        ConnectionLimiter limiter,
        Action returnMemory,
        TimeProvider time,
        ILogger log
    )
    {
        this.loops = [.. loops.Select(static (loop, index) => new WatchedLoop(loop, index + 1))];
        this.limiter = limiter;
        this.returnMemory = returnMemory;
        this.log = log;
        timer = time.CreateTimer(static state => ((Watchdog)state!).Check(), this, Period, Period);
    }

    /// <summary>Whether a loop has been in the same turn for more than a second.</summary>
    public bool IsAnyStuck => isAnyStuck;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    /// <summary>Checks once.</summary>
    public void Check()
    {
        foreach (var loop in loops)
        {
            loop.Check(log);
        }

        isAnyStuck = loops.Any(static loop => loop.IsStuck);
        ReportRejections();
        ReturnMemory();
    }

    private void ReportRejections()
    {
        checksSinceReport++;
        if (
            limiter.Rejected is var rejected
            && rejected > reported
            && checksSinceReport >= ChecksBetweenReports
        )
        {
            log.Rejected(rejected - reported, limiter.Count);
            (reported, checksSinceReport) = (rejected, 0);
        }
    }

    // Nothing else would make the garbage collector run: a server allocates next to nothing while it serves.
    private void ReturnMemory()
    {
        checksSinceReturn++;
        var released = loops.Sum(static loop => loop.Allocator.Peak - loop.Allocator.Current);
        if (released > ReturnedPeak && checksSinceReturn >= ChecksBetweenReports)
        {
            checksSinceReturn = 0;
            foreach (var loop in loops)
            {
                loop.Allocator.ResetPeak();
            }

            returnMemory();
        }
    }

    /// <summary>A loop and the last check of it.</summary>
    private sealed class WatchedLoop(IEventLoop loop, int number)
    {
        private long lastHeartbeat;

        public BufferAllocator Allocator => loop.Allocator;

        public bool IsStuck { get; private set; }

        public void Check(ILogger log)
        {
            var heartbeat = loop.Heartbeat;
            var isStuck = heartbeat == lastHeartbeat && IEventLoop.IsBusy(heartbeat);
            lastHeartbeat = heartbeat;
            if (isStuck && !IsStuck)
            {
                log.Stuck(number);
            }
            else if (!isStuck && IsStuck)
            {
                log.NoLongerStuck(number);
            }

            IsStuck = isStuck;
        }
    }
}
