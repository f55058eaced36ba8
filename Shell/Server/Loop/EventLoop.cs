using Microsoft.Extensions.Logging;
using TinyTcp.Core;
using TinyTcp.Server.Systems;

namespace TinyTcp.Server.Loop;

/// <summary>
/// One thread's loop: wait, handle what happened, ring what is due. Nothing in it blocks but the wait; no task, no
/// continuation and, on the way of a request, no lock. Read <see cref="Turn"/> from top to bottom.
/// </summary>
internal sealed class EventLoop<TSystem>(
    TSystem system,
    Limits limits,
    Admission admission,
    TimeProvider time,
    ILogger log
) : ILoop
    where TSystem : ISystem
{
    /// <summary>How long a stop waits for connections to end by themselves.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly Conversations<TSystem> conversations = new(system, limits, admission, log);
    private readonly LoopClock clock = new(time);
    private Door door = new();
    private TimeSpan uptime;
    private TimeSpan stopsAt = TimeSpan.MaxValue;
    private volatile bool stopRequested;
    private bool disposed;

    /// <inheritdoc/>
    public long Served => conversations.Served;

    private bool IsStopping => stopsAt != TimeSpan.MaxValue;

    /// <inheritdoc/>
    public void Run()
    {
        try
        {
            while (Turn()) { }
        }
        finally
        {
            conversations.CloseAll();
        }
    }

    /// <inheritdoc/>
    public void RequestStop()
    {
        stopRequested = true;
        system.Wake();
    }

    /// <summary>One turn: what happened is handled in the order in which it came, then what is due.</summary>
    /// <returns>False once the loop is stopped and nobody is left.</returns>
    public bool Turn()
    {
        system.Wait(UntilNextDue());
        var now = clock.Read();
        uptime = now.Uptime;
        conversations.SetTime(now);
        while (system.TryNext(out var happening))
        {
            Handle(happening);
        }

        conversations.Ring();
        Reopen();
        Stop();
        return !IsStopping || conversations.Count > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!disposed)
        {
            disposed = true;
            system.Dispose();
        }
    }

    private TimeSpan UntilNextDue()
    {
        var due = Earlier(conversations.NextDue, Earlier(door.NextDue, stopsAt));
        return due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan
            : due > uptime ? due - uptime
            : TimeSpan.Zero;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Handle(in Happening happening) =>
        happening.Switch(
            context: this,
            woken: static _ => { },
            accepted: static (loop, id) => loop.Welcome(id),
            acceptFailed: static (loop, fault) => loop.Pause(fault),
            received: static (loop, id, bytes) => loop.conversations.Receive(id, bytes),
            peerFinished: static (loop, id) => loop.conversations.Finish(id),
            room: static (loop, id) => loop.conversations.Resume(id),
            lost: static (loop, id, fault) => loop.conversations.Lose(id, fault)
        );

    private void Welcome(int id)
    {
        door.Pass(uptime);
        conversations.Open(id);
    }

    /// <summary>Accepting failed: leaves the door shut for a while, and says so once an episode.</summary>
    private void Pause(Fault fault)
    {
        if (fault.Kind == FaultKind.ConnectionLost)
        {
            return;
        }

        if (door.IsFirstFailure)
        {
            log.CannotAccept(fault, conversations.Count);
        }

        door.Shut(uptime);
        system.Accept(enabled: false);
    }

    private void Reopen()
    {
        if (door.TryReopen(uptime) && !system.Accept(enabled: true))
        {
            door.Shut(uptime);
        }

        if (door.TryRecover(uptime))
        {
            log.AcceptsAgain();
        }
    }

    private void Stop()
    {
        if (stopRequested && !IsStopping)
        {
            stopsAt = uptime + Grace;
            door = new Door();
            system.Accept(enabled: false);
            conversations.StopAll();
        }
        else if (uptime >= stopsAt)
        {
            log.Cut(conversations.Count);
            conversations.CloseAll();
        }
    }
}
