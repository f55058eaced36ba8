using TinyTcp.Systems;

namespace TinyTcp.Server.Admission;

/// <summary>
/// The connections that the acceptor has assigned to a loop: how many there are, and a queue of those that the loop has
/// not adopted yet. The loop that accepts also gets the failures of the others here. Thread-safe. It is used once or twice
/// per connection, never per request.
/// </summary>
/// <param name="wake">Wakes the loop; from any thread.</param>
internal sealed class AssignedConnections(Action wake)
{
    private readonly Lock queueLock = new();
    private readonly Queue<AcceptedSocket> queue = new();
    private int count;
    private bool isClosed;
    private IoError? failure;

    /// <summary>How many connections are assigned to the loop and not closed.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>Assigns a connection from another loop's thread, and wakes the loop.</summary>
    /// <returns>False if the loop has ended, or there is no memory: then the socket stays the caller's.</returns>
    public bool TryAssign(in AcceptedSocket socket)
    {
        lock (queueLock)
        {
            if (isClosed)
            {
                return false;
            }

            try
            {
                queue.Enqueue(socket);
            }
            catch (OutOfMemoryException)
            {
                return false;
            }

            Add();
        }

        wake();
        return true;
    }

    /// <summary>Counts a connection that the loop accepted for itself.</summary>
    public void Add() => Interlocked.Increment(ref count);

    /// <summary>Counts a connection of the loop as closed.</summary>
    public void Remove() => Interlocked.Decrement(ref count);

    /// <summary>Takes the next socket that the loop has to adopt.</summary>
    public bool TryTake(out AcceptedSocket socket)
    {
        lock (queueLock)
        {
            return queue.TryDequeue(out socket);
        }
    }

    /// <summary>Reports from another loop's thread that it could not adopt a connection, and wakes the loop.</summary>
    public void ReportFailure(in IoError error)
    {
        lock (queueLock)
        {
            failure = error;
        }

        wake();
    }

    /// <summary>Takes the last failure that was reported.</summary>
    public bool TryTakeFailure(out IoError error)
    {
        lock (queueLock)
        {
            var found = failure.HasValue;
            (error, failure) = (failure.GetValueOrDefault(), null);
            return found;
        }
    }

    /// <summary>Ends the assignment of connections, unless one waits to be adopted.</summary>
    /// <returns>Whether none waits.</returns>
    public bool TryClose()
    {
        lock (queueLock)
        {
            isClosed |= queue.Count == 0;
            return isClosed;
        }
    }

    /// <summary>Ends the assignment of connections. Those that wait can still be taken.</summary>
    public void Close()
    {
        lock (queueLock)
        {
            isClosed = true;
        }
    }
}
