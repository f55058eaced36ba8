namespace TinyTcp.Systems;

/// <summary>
/// A table that grows page by page: what stands in it is never moved, so that growing copies nothing, leaves nothing
/// behind, and a reference to an entry stays good. Entries are <c>default</c> until they are set.
/// </summary>
internal sealed class Pages<T>
    where T : struct
{
    private const int Shift = 7;
    private const int Size = 1 << Shift;

    private T[][] pages = [];
    private int count;

    /// <summary>How many entries there is room for: each of them may be referred to.</summary>
    public int Room => count << Shift;

    /// <summary>An entry, to be changed in place.</summary>
    public ref T this[int index] => ref pages[index >> Shift][index & (Size - 1)];

    /// <summary>Makes room for an entry, and for all before it.</summary>
    public void Reach(int index)
    {
        while (index >= Room)
        {
            if (count == pages.Length)
            {
                Array.Resize(ref pages, Math.Max(4, count * 2));
            }

            pages[count++] = new T[Size];
        }
    }
}
