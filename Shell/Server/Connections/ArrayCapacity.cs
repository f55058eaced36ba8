namespace TinyTcp.Server.Connections;

/// <summary>How the arrays grow that are indexed by a connection's number.</summary>
internal static class ArrayCapacity
{
    /// <summary>Makes an array long enough for an index; it at least doubles, so that adding takes amortized O(1).</summary>
    public static void Ensure<T>(ref T[] array, int index)
    {
        if (index >= array.Length)
        {
            Array.Resize(ref array, Math.Max(index + 1, 2 * array.Length));
        }
    }
}
