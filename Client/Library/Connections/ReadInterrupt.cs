namespace TinyTcp.Client.Connections;

/// <summary>
/// Interrupts the read loop's wait for bytes, any number of times. The rule of all deadlines of an open connection: a timer only
/// interrupts the wait, and the read loop acts on the deadline when it has handled all that has arrived. So a pause of the
/// process, a slow callback or a busy thread pool times out no reply that has arrived.
/// </summary>
/// <param name="closing">Ends the wait for good.</param>
internal sealed class ReadInterrupt(CancellationToken closing)
{
    // Replaced by the read loop only. The one before is not disposed: its Cancel may still run.
    private volatile CancellationTokenSource source = CancellationTokenSource.CreateLinkedTokenSource(
        closing
    );

    /// <summary>The token of the next read.</summary>
    internal CancellationToken Token => source.Token;

    /// <summary>Interrupts the current wait, or the next one.</summary>
    internal void Request() => source.Cancel();

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
