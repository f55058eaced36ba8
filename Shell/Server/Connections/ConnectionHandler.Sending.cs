using TinyTcp.Core.Sessions;
using TinyTcp.Server.Shutdown;
using TinyTcp.Systems;

namespace TinyTcp.Server.Connections;

/// <summary>
/// Sends replies, and checks that peers receive them. A system reports that a connection is writable only once much of its
/// buffer is free, and never that the peer has acknowledged everything. So a stalled connection is checked from time to
/// time (S-3, S-12).
/// </summary>
internal sealed partial class ConnectionHandler<TSystem>
{
    // A peer that receives nothing is reset so much after its write-timeout: an eighth.
    private const int ChecksPerWriteTimeout = 8;

    private static readonly TimeSpan SendRetryDelay = TimeSpan.FromMilliseconds(50);

    // The second of S-3 begins at most so much after the last acknowledgement.
    private static readonly TimeSpan MaxDeliveryCheck = TimeSpan.FromMilliseconds(250);

    /// <summary>The connection can send again: sends pending replies, then processes pending input.</summary>
    public void OnWritable(int slot)
    {
        now = clock.Now;
        ref var connection = ref connections[slot];
        var sent = Send(slot, ref connection, connection.Output.Bytes.Span);
        connection.Output.Consume(sent, Allocator);
        if (connection.Output.IsEmpty)
        {
            system.WatchReadable(slot);
            Step(slot, ref connection, SessionEvent.SendCompleted);
        }
        else if (sent > 0)
        {
            BeginDelivery(ref connection);
            Step(slot, ref connection, SessionEvent.SendProgressed);
        }
        else if (connection.State != SocketState.Broken)
        {
            // The kernel lacks memory for sockets: it would report the connection as writable again and again.
            connection.IsSendBlocked = true;
            system.WatchLoss(slot);
        }

        ProcessPendingInput(slot, ref connection);
        AfterEvent(slot, ref connection);
    }

    /// <summary>When to check a connection next; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    private TimeSpan NextCheck(in Connection connection) =>
        !connection.IsStalled ? TimeSpan.MaxValue
        : connection.IsSendBlocked ? now.Monotonic + SendRetryDelay
        : connection.State == SocketState.Delivering
            ? now.Monotonic + LoopShutdown.Earlier(MaxDeliveryCheck, writeCheck)
        : writeCheck < TimeSpan.MaxValue ? now.Monotonic + writeCheck
        : TimeSpan.MaxValue;

    /// <summary>Asks whether the peer of a stalled connection has acknowledged more than at the last check.</summary>
    private void CheckDelivery(int slot, ref Connection connection)
    {
        var unacknowledged = connection.IsStalled
            ? system.GetUnacknowledged(slot)
            : connection.Unacknowledged;
        now = clock.Now;
        if (connection.State == SocketState.Delivering && unacknowledged == 0)
        {
            connection.State = SocketState.Lingering;
            Step(slot, ref connection, SessionEvent.SendCompleted);
        }
        else if (unacknowledged < connection.Unacknowledged)
        {
            connection.Unacknowledged = unacknowledged;
            Step(slot, ref connection, SessionEvent.SendProgressed);
        }
    }

    /// <summary>
    /// Of a peer that has finished only the acknowledgement is awaited, unless it is there already. Its FIN would be reported
    /// again and again.
    /// </summary>
    private void AwaitAcknowledgement(int slot, ref Connection connection)
    {
        CheckDelivery(slot, ref connection);
        if (connection.State == SocketState.Delivering)
        {
            system.WatchLoss(slot);
        }
    }

    /// <summary>Tries again to send what the system did not take.</summary>
    private void RetrySend(int slot, ref Connection connection)
    {
        if (connection.IsSendBlocked)
        {
            connection.IsSendBlocked = false;
            system.WatchWritable(slot);
        }
    }

    /// <summary>More is to be delivered than before: the next check finds progress, because it cannot exclude it.</summary>
    private static void BeginDelivery(ref Connection connection) => connection.Unacknowledged = int.MaxValue;

    /// <summary>
    /// Sends what the system takes and keeps the rest. No event that writes is passed to the session while replies are
    /// pending, so that none overtakes them.
    /// </summary>
    private void SendOrBuffer(int slot, ref Connection connection, ReadOnlySpan<byte> bytes)
    {
        var sent = Send(slot, ref connection, bytes);
        if (sent < bytes.Length && connection.State != SocketState.Broken)
        {
            connection.Output.Append(bytes[sent..], Allocator);
            system.WatchWritable(slot);
            BeginDelivery(ref connection);
            Step(slot, ref connection, SessionEvent.SendStalled);
        }
    }

    /// <summary>Sends what the system takes. A connection that turns out to be lost is marked as broken.</summary>
    private int Send(int slot, ref Connection connection, ReadOnlySpan<byte> bytes)
    {
        var outcome = system.Send(slot, bytes);
        if (outcome.IsRight)
        {
            return (int)outcome;
        }

        MarkBroken(slot, ref connection, (IoError)outcome);
        return 0;
    }
}
