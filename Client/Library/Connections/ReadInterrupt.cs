using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>
/// Interrupts the read loop's wait for bytes, any number of times. The rule of all deadlines of an open connection: a timer only
/// interrupts the wait. The read loop finds that the deadline is over, handles all that has arrived by then, and acts on the
/// deadline only if nothing has. So a pause of the process at any point, a slow callback or a busy thread pool times out no
/// reply that has arrived.
/// </summary>
/// <param name="closing">Ends the wait for good.</param>
internal sealed class ReadInterrupt(CancellationToken closing)
{
    // Replaced by the read loop only. The one before is not disposed: its Cancel may still run.
    private volatile CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(
        closing
    );

    private Option<ClientError> overdue;

    /// <summary>The token of the next read.</summary>
    internal CancellationToken Token => source.Token;

    /// <summary>Interrupts the current wait, or the next one.</summary>
    internal void Request() => source.Cancel();

    /// <summary>A read has received bytes.</summary>
    internal void OnReceived() => overdue = default;

    /// <summary>A read was interrupted, and nothing had arrived.</summary>
    /// <param name="findOverdue">Finds the error of a deadline that is over.</param>
    /// <returns>The error, if the deadline had been over before the read; else the next read is interrupted, too.</returns>
    internal Option<ClientError> OnInterrupted(Func<Option<ClientError>> findOverdue)
    {
        if (overdue.IsSome)
        {
            return overdue;
        }

        overdue = findOverdue();
        overdue.Iter(_ => Request());
        return default;
    }

    /// <summary>Ends the interruption.</summary>
    /// <returns>False if there is none, or if the connection closes.</returns>
    internal bool TryReset()
    {
        if (closing.IsCancellationRequested || !source.IsCancellationRequested)
        {
            return false;
        }

        source = CancellationTokenSource.CreateLinkedTokenSource(closing);
        return true;
    }
}
