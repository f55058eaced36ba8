using System.Collections.Concurrent;

namespace TinyTcp.Cli.Benching.Looping;

/// <summary>
/// One thread counts, another looks: the one that looks offers something empty, and is handed the full one for it. Nothing is
/// copied, and neither waits for the other.
/// </summary>
internal sealed class Handover
{
    private readonly ConcurrentQueue<Measured> offered = new();
    private readonly ConcurrentQueue<Measured> filled = new();

    /// <summary>Where the thread that counts counts.</summary>
    internal Measured Counting { get; private set; } = Measured.Nothing();

    /// <summary>Called now and then by the thread that counts: hands over what it has, if that is wanted.</summary>
    internal void Attend()
    {
        if (!offered.IsEmpty && offered.TryDequeue(out var empty))
        {
            filled.Enqueue(Counting);
            Counting = empty;
        }
    }

    /// <summary>Called by the thread that looks: it would like to be handed the full one.</summary>
    internal void Offer(Measured empty) => offered.Enqueue(empty);

    /// <summary>Called by the thread that looks.</summary>
    internal bool TryTake(out Measured full) => filled.TryDequeue(out full!);
}
