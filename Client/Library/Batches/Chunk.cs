namespace TinyTcp.Client;

/// <summary>A piece of the requests on their way: whole lines, but for one that is longer than a piece.</summary>
/// <param name="Buffer">Where they are; given back once they have been answered.</param>
/// <param name="Length">How many bytes of it.</param>
/// <param name="Continues">Whether it goes on with a line whose beginning is in the piece before.</param>
/// <param name="IsOurs">Whether the caller did not ask for it, and is not to see its reply.</param>
internal readonly record struct Chunk(byte[] Buffer, int Length, bool Continues = false, bool IsOurs = false)
{
    /// <summary>The bytes.</summary>
    internal ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);
}
