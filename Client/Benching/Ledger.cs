using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching;

/// <summary>What all threads of a run have measured, as far as they have handed it over.</summary>
/// <param name="run">The run.</param>
/// <param name="target">Who bears it.</param>
internal sealed class Ledger(LoadRun run, Target target)
{
    private bool isAsked;

    /// <summary>Who bears it.</summary>
    internal Target Target => target;

    /// <summary>All of it.</summary>
    internal Measured All { get; } = Measured.Nothing();

    /// <summary>What counts, once it has begun.</summary>
    internal bool HasBegun(out Window window) => run.HasBegun(out window);

    /// <summary>Adds what was handed over; and asks for more, if it is to be shown.</summary>
    internal void Look(bool more)
    {
        foreach (var handover in run.Handovers)
        {
            while (handover.TryTake(out var full))
            {
                All.Add(full);
                full.Clear();
                handover.Offer(full);
            }

            if (more && !isAsked)
            {
                handover.Offer(Measured.Nothing());
            }
        }

        isAsked |= more;
    }

    /// <summary>Adds what is left, once all threads have ended.</summary>
    internal void Close()
    {
        Look(more: false);
        foreach (var handover in run.Handovers)
        {
            All.Add(handover.Counting);
        }
    }
}
