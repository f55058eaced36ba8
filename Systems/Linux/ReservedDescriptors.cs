namespace TinyTcp.Systems.Linux;

/// <summary>
/// Descriptors that are held to be given up once there are no others left in the process: then the runtime has some to
/// go on with. Without any it cannot start a thread, and aborts.
/// </summary>
internal sealed class ReservedDescriptors
{
    private const int Count = 8;

    private readonly Stack<int> descriptors = new(Count + 1);
    private readonly Lock reserveLock = new();
    private volatile bool isReserved;

    /// <summary>Takes them all again if they have been given up; from any thread.</summary>
    /// <returns>False where there are not so many: then none is taken, and nobody else should take any.</returns>
    public bool TryReserve()
    {
        if (isReserved)
        {
            return true;
        }

        lock (reserveLock)
        {
            // One more than are held: where that is not left, the runtime has nothing but these to go on with.
            while (
                descriptors.Count <= Count && Libc.EventFd(0, Libc.EfdNonblockCloexec) is >= 0 and var spare
            )
            {
                descriptors.Push(spare);
            }

            isReserved = descriptors.Count > Count;
            CloseAllBut(isReserved ? Count : 0);
            return isReserved;
        }
    }

    /// <summary>Gives them up; from any thread.</summary>
    public void Release()
    {
        lock (reserveLock)
        {
            isReserved = false;
            CloseAllBut(0);
        }
    }

    private void CloseAllBut(int count)
    {
        while (descriptors.Count > count)
        {
            _ = Libc.Close(descriptors.Pop());
        }
    }
}
