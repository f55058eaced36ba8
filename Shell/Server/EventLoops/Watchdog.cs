using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Connections;
using TinyTcp.Server.Logging;

namespace TinyTcp.Server.EventLoops;

/// <summary>
/// Checks the loops every second: it logs which of them is stuck in a turn and, at most every 10 s, how many connections
/// each limit rejected, or were closed for lack of memory; and it has memory returned after a peak of pending bytes.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const int ChecksBetweenReports = 10;
    private const long ReturnedPeak = 1024 * 1024;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    // One check alone proves nothing: the whole process may have been stopped in the turn.
    private static readonly TimeSpan MinStuckTime = 1.5 * Period;

    private readonly ImmutableArray<WatchedLoop> loops;
    private readonly ConnectionLimiter limiter;
    private readonly Action returnMemory;
    private readonly ILogger log;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private long lastCheck;
    private Tally serverFull;
    private Tally addressFull;
    private Tally outOfMemory;
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
        this.time = time;
        lastCheck = time.GetTimestamp();
        timer = time.CreateTimer(static state => ((Watchdog)state!).Check(), this, Period, Period);
    }

    /// <summary>Whether a loop has been in the same turn for more than a second.</summary>
    public bool IsAnyStuck => isAnyStuck;

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Check()
    {
        // A check that is late counts as one that is not; the timer repeats it at once.
        var elapsed = time.GetElapsedTime(lastCheck);
        lastCheck = time.GetTimestamp();
        foreach (var loop in loops)
        {
            loop.Check(log, elapsed < Period ? elapsed : Period);
        }

        isAnyStuck = loops.Any(static loop => loop.IsStuck);
        LogRejections();
        if (outOfMemory.TryTake(limiter.OutOfMemory, out var closed))
        {
            log.OutOfMemory(closed, limiter.Count);
        }

        ReturnMemory();
    }

    private void LogRejections()
    {
        if (serverFull.TryTake(limiter.ServerFull, out var rejected))
        {
            log.ServerFull(rejected, LimitTable.MaxConnections.Name, limiter.MaxConnections);
        }

        if (addressFull.TryTake(limiter.AddressFull, out rejected))
        {
            log.AddressFull(
                rejected,
                LimitTable.MaxConnectionsPerAddress.Name,
                limiter.MaxConnectionsPerAddress,
                limiter.LastFullAddress,
                limiter.Count
            );
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

    /// <summary>What a count has grown by since it was last reported.</summary>
    private struct Tally
    {
        private long reported;
        private int checksUntilReport;

        /// <summary>Takes the growth at a check, unless the last report was too recent.</summary>
        public bool TryTake(long total, out long growth)
        {
            growth = total - reported;
            checksUntilReport -= checksUntilReport > 0 ? 1 : 0;
            if (growth == 0 || checksUntilReport > 0)
            {
                return false;
            }

            (reported, checksUntilReport) = (total, ChecksBetweenReports);
            return true;
        }
    }

    /// <summary>A loop and the last check of it.</summary>
    private sealed class WatchedLoop(IEventLoop loop, int number)
    {
        private long lastHeartbeat;
        private TimeSpan unchangedFor;

        public BufferAllocator Allocator => loop.Allocator;

        public bool IsStuck { get; private set; }

        public void Check(ILogger log, TimeSpan elapsed)
        {
            var heartbeat = loop.Heartbeat;
            var isUnchanged = heartbeat == lastHeartbeat && IEventLoop.IsBusy(heartbeat);
            unchangedFor = isUnchanged ? unchangedFor + elapsed : TimeSpan.Zero;
            lastHeartbeat = heartbeat;
            var isStuck = unchangedFor >= MinStuckTime;
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
