using TinyTcp.Server.Connections;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>Held bytes against the obvious model: a list.</summary>
public sealed class PendingBytesTests
{
    [Law]
    public bool What_is_held_is_what_was_appended_and_not_dropped((byte[] Bytes, int Drop)[] acts)
    {
        PendingBytes held = default(PendingBytes);
        var memory = new PendingMemory();
        var model = new List<byte>();
        foreach (var (bytes, drop) in acts)
        {
            // Byte by byte, so that some find room that was made before.
            foreach (var each in bytes)
            {
                held.Append([each], memory);
            }

            model.AddRange(bytes);
            var dropped = (int)((uint)drop % (model.Count + 1));
            held.Consume(dropped, memory);
            model.RemoveRange(0, dropped);
            if (!held.Memory.Span.SequenceEqual(model.ToArray()) || held.IsEmpty != (model.Count == 0))
            {
                return false;
            }
        }

        held.Clear(memory);
        return held.IsEmpty && memory.Current == 0;
    }
}
