namespace TinyTcp.Systems.Linux;

/// <summary>
/// Descriptors that are kept open to be released once the process has no others left. Without a free descriptor the
/// runtime cannot start a thread, and aborts. Thread-safe.
/// </summary>
internal sealed class ReservedDescriptors
{
    private const int Count = 8;

    private readonly Stack<int> reserved = new(Count + 1);
    private readonly Lock changing = new();
    private volatile bool isComplete;

    /// <summary>Opens the reserve again if it was released.</summary>
    /// <returns>False if there are too few descriptors: then none is kept, and the caller should open none.</returns>
    public bool TryAcquire()
    {
        if (isComplete)
        {
            return true;
        }

        lock (changing)
        {
            // One more than is kept: where that one is not left, the runtime needs all of them.
            while (reserved.Count <= Count && Libc.EventFd(0, Libc.EfdNonblockCloexec) is >= 0 and var opened)
            {
                reserved.Push(opened);
            }

            isComplete = reserved.Count > Count;
            CloseAllBut(isComplete ? Count : 0);
            return isComplete;
        }
    }

    /// <summary>Closes the reserve.</summary>
    public void Release()
    {
        lock (changing)
        {
            isComplete = false;
            CloseAllBut(0);
        }
    }

    private void CloseAllBut(int count)
    {
        while (reserved.Count > count)
        {
            _ = Libc.Close(reserved.Pop());
        }
    }
}
