using TinyTcp.Server.Connections;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>Held bytes against the obvious model: a list.</summary>
public sealed class PendingBytesTests
{
    [Law]
    public bool The_bytes_are_those_appended_and_not_consumed((byte[] Bytes, int Drop)[] acts)
    {
        var pending = default(PendingBytes);
        var memory = new PendingMemory();
        var model = new List<byte>();
        foreach (var (bytes, drop) in acts)
        {
            // Byte by byte, so that some find room that was made before.
            foreach (var each in bytes)
            {
                pending.Append([each], memory);
            }

            model.AddRange(bytes);
            var dropped = (int)((uint)drop % (model.Count + 1));
            pending.Consume(dropped, memory);
            model.RemoveRange(0, dropped);
            if (!pending.Memory.Span.SequenceEqual(model.ToArray()) || pending.IsEmpty != (model.Count == 0))
            {
                return false;
            }
        }

        pending.Clear(memory);
        return pending.IsEmpty && memory.Current == 0;
    }
}
