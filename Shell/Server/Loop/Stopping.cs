namespace TinyTcp.Server.Loop;

/// <summary>
/// A loop's stop. Any thread may ask for it; the loop then accepts who has been waiting, for a while, and cuts who is left
/// once there is no time any more.
/// </summary>
internal sealed class Stopping
{
    /// <summary>For how long it goes on accepting, if ever more come: who waited before has been served by then.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(1);

    private enum Order
    {
        Serve,
        Drain,
        Cut,
    }

    private readonly Lock ordering = new();
    private volatile Order order;
    private TimeSpan drainTimeout;
    private bool sweeps;
    private bool hasBegun;
    private TimeSpan sweepsUntil = TimeSpan.MinValue;
    private TimeSpan cutsAt = TimeSpan.MaxValue;

    /// <summary>From any thread: what <see cref="ILoop.Drain"/> asks for.</summary>
    public void Drain(TimeSpan within, bool sweep)
    {
        lock (ordering)
        {
            if (order == Order.Serve)
            {
                (drainTimeout, sweeps) = (within, sweep);
                order = Order.Drain;
            }
        }
    }

    /// <summary>From any thread: what <see cref="ILoop.Cut"/> asks for.</summary>
    public void Cut()
    {
        lock (ordering)
        {
            order = Order.Cut;
        }
    }

    /// <summary>Begins, if it has been asked for and has not begun.</summary>
    public bool TryBegin(TimeSpan now)
    {
        if (hasBegun || order == Order.Serve)
        {
            return false;
        }

        hasBegun = true;
        sweepsUntil = sweeps ? now + Sweep : TimeSpan.MinValue;
        cutsAt = drainTimeout > TimeSpan.Zero ? now + drainTimeout : TimeSpan.MaxValue;
        return true;
    }

    /// <summary>Whether who comes is accepted.</summary>
    public bool Accepts(TimeSpan now) => !hasBegun || Sweeps(now);

    /// <summary>Whether it stops and still accepts who has been waiting.</summary>
    public bool Sweeps(TimeSpan now) => now < sweepsUntil;

    /// <summary>Nobody who waited is left.</summary>
    public void EndSweep() => sweepsUntil = TimeSpan.MinValue;

    /// <summary>Whether whoever is left is to be cut.</summary>
    public bool IsTimeUp(TimeSpan now) => order == Order.Cut || now >= cutsAt;

    /// <summary>When it is to be asked again; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextDue(TimeSpan now) => Sweeps(now) && sweepsUntil < cutsAt ? sweepsUntil : cutsAt;
}
