namespace TinyTcp.Systems.Linux;

/// <summary>
/// Descriptors that are held to be given up once there are no others left in the process: then the runtime has some to
/// go on with. Without any it cannot start a thread, and aborts.
/// </summary>
internal sealed class Spares
{
    private const int Count = 8;

    private readonly Stack<int> held = new(Count + 1);
    private readonly Lock changing = new();
    private volatile bool areHeld;

    /// <summary>Takes them all again if they have been given up; from any thread.</summary>
    /// <returns>False where there are not so many: then none is taken, and nobody else should take any.</returns>
    public bool TryHold()
    {
        if (areHeld)
        {
            return true;
        }

        lock (changing)
        {
            // One more than are held: where that is not left, the runtime has nothing but these to go on with.
            while (held.Count <= Count && Libc.EventFd(0, Libc.EfdNonblockCloexec) is >= 0 and var spare)
            {
                held.Push(spare);
            }

            areHeld = held.Count > Count;
            CloseAllBut(areHeld ? Count : 0);
            return areHeld;
        }
    }

    /// <summary>Gives them up; from any thread.</summary>
    public void GiveUp()
    {
        lock (changing)
        {
            areHeld = false;
            CloseAllBut(0);
        }
    }

    private void CloseAllBut(int count)
    {
        while (held.Count > count)
        {
            _ = Libc.Close(held.Pop());
        }
    }
}
