namespace TinyTcp.Systems.Linux;

/// <summary>
/// Numbers for descriptors. The kernel's own are the process's: each of several loops has only some of them, and
/// tables by descriptor would have gaps. These are a loop's own, and none is skipped.
/// </summary>
internal sealed class SlotTable
{
    private const int None = -1;

    // A number in use has its descriptor here; a free one, the next free number.
    private readonly Pages<int> entries = new();
    private int taken;
    private int free = None;

    /// <summary>The descriptor that has a number.</summary>
    public int this[int number] => entries[number];

    /// <summary>Gives a descriptor a number.</summary>
    public int Add(int descriptor)
    {
        var number = free;
        if (number == None)
        {
            number = taken++;
            entries.Reach(number);
        }
        else
        {
            free = entries[number];
        }

        entries[number] = descriptor;
        return number;
    }

    /// <summary>Frees a number.</summary>
    public void Remove(int number)
    {
        entries[number] = free;
        free = number;
    }
}
