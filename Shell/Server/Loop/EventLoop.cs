using Microsoft.Extensions.Logging;
using TinyTcp.Core.Sessions;
using TinyTcp.Systems;

namespace TinyTcp.Server.Loop;

/// <summary>
/// One thread's loop: wait, handle what happened, ring what is due. Nothing in it blocks but the wait; no task, no
/// continuation and, on the way of a request, no lock. Read <see cref="Turn"/> from top to bottom.
/// </summary>
internal sealed class EventLoop<TSystem>(
    TSystem system,
    Limits limits,
    Share share,
    TimeProvider time,
    ILogger log
) : ILoop
    where TSystem : ISystem
{
    private readonly Conversations<TSystem> conversations = new(system, limits, share, log);
    private readonly LoopClock clock = new(time);
    private readonly Stopping stopping = new();
    private Door door = new();
    private bool accepting = true;
    private bool isWoken;
    private TimeSpan uptime;
    private long beats;
    private bool disposed;

    /// <inheritdoc/>
    public long Beats => Volatile.Read(ref beats);

    /// <inheritdoc/>
    public void Run()
    {
        try
        {
            while (Turn()) { }
        }
        finally
        {
            // A loop that has died is not one that is stuck.
            Volatile.Write(ref beats, 0);
            conversations.CutAll();
        }
    }

    /// <inheritdoc/>
    public void Drain(TimeSpan within, bool sweep)
    {
        stopping.Drain(within, sweep);
        system.Wake();
    }

    /// <inheritdoc/>
    public void Cut()
    {
        stopping.Cut();
        system.Wake();
    }

    /// <summary>One turn: what happened is handled in the order in which it came, then what is due.</summary>
    /// <returns>False once the loop is stopped and nobody is left.</returns>
    public bool Turn()
    {
        system.Wait(UntilNextDue());
        Volatile.Write(ref beats, beats + 1);
        var now = clock.Read();
        uptime = now.Monotonic;
        conversations.SetTime(now);
        while (system.TryNext(out var happening))
        {
            Handle(happening);
        }

        Stop();
        conversations.Ring();
        Attend();
        Recover();
        Volatile.Write(ref beats, beats + 1);
        return stopping.Accepts(uptime) || conversations.Count > 0;
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
        var due = Earlier(
            Earlier(conversations.NextDue, stopping.NextDue(uptime)),
            stopping.Accepts(uptime) ? door.NextDue : TimeSpan.MaxValue
        );
        return due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan
            : due > uptime ? due - uptime
            : TimeSpan.Zero;
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void Handle(in Happening happening) =>
        happening.Switch(
            context: this,
            woken: static loop => loop.isWoken = true,
            accepted: static (loop, id) => loop.Welcome(id),
            acceptFailed: static (loop, fault) => loop.Pause(fault),
            received: static (loop, id, bytes) => loop.conversations.Receive(id, bytes),
            peerFinished: static (loop, id) => loop.conversations.Finish(id),
            room: static (loop, id) => loop.conversations.Resume(id),
            lost: static (loop, id, fault) => loop.conversations.Lose(id, fault),
            // A server connects to nobody.
            connected: static (_, _) => { }
        );

    private void Welcome(int id)
    {
        conversations.Open(id);
        Attend();
    }

    /// <summary>Accepting failed: pauses, unless it was only the peer that had gone.</summary>
    private void Pause(Fault fault)
    {
        if (fault.Kind != FaultKind.ConnectionLost)
        {
            Shut(fault);
            Attend();
        }
    }

    /// <summary>Leaves the door shut for a while, and says so once an episode, whichever loop meets it.</summary>
    private void Shut(Fault fault)
    {
        if (door.IsFirstFailure && share.All.IsFirstInTrouble())
        {
            log.CannotAccept(fault, share.All.Count);
        }

        door.Shut(uptime);
    }

    private void Recover()
    {
        if (door.TryRecover(uptime) && share.All.IsLastInTrouble())
        {
            log.AcceptsAgain();
        }
    }

    /// <summary>
    /// Accepts, unless it stops and nobody waits, accepting has failed shortly before, or it has more than its share. After a wake-up it
    /// looks again: somebody may wait whom this loop was not told of, and accepting that is turned on tells.
    /// </summary>
    private void Attend()
    {
        var isOpen = stopping.Accepts(uptime) && door.IsOpen(uptime);
        var wants = isOpen && share.WantsMore();
        if (wants == accepting && !isWoken)
        {
            return;
        }

        isWoken = false;
        if (accepting)
        {
            accepting = false;
            system.Accept(enabled: false);
        }

        if (wants)
        {
            Accept();
        }
        else if (isOpen && system.SomebodyWaits)
        {
            // Even who was woken to take somebody may have no room by now: then others have.
            share.PassOn();
        }
    }

    private void Accept()
    {
        var fault = system.Accept(enabled: true);
        accepting = fault.IsNone;
        if (fault.IsSome)
        {
            Shut((Fault)fault);
        }
    }

    /// <summary>Takes the next step of a stop, if one has been asked for.</summary>
    private void Stop()
    {
        if (stopping.TryBegin(uptime))
        {
            conversations.Stop();
        }

        if (stopping.Sweeps(uptime) && !system.SomebodyWaits)
        {
            stopping.EndSweep();
        }

        if (stopping.IsTimeUp(uptime))
        {
            stopping.EndSweep();
            conversations.TellAll();
            share.All.CountCut(conversations.CutAll());
        }
    }
}
