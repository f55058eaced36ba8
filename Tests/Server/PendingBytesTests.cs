using TinyTcp.Server.Connections;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary><see cref="PendingBytes"/> compared with a simple model: a list.</summary>
public sealed class PendingBytesTests
{
    [Law]
    public bool The_bytes_are_those_appended_and_not_consumed((byte[] Bytes, int Count)[] operations)
    {
        var pending = default(PendingBytes);
        var allocator = new BufferAllocator();
        var model = new List<byte>();
        foreach (var (bytes, count) in operations)
        {
            // Byte by byte, so that some bytes fit into the existing capacity.
            foreach (var value in bytes)
            {
                pending.Append([value], allocator);
            }

            model.AddRange(bytes);
            var consumed = (int)((uint)count % (model.Count + 1));
            pending.Consume(consumed, allocator);
            model.RemoveRange(0, consumed);
            if (!pending.Bytes.Span.SequenceEqual(model.ToArray()) || pending.IsEmpty != (model.Count == 0))
            {
                return false;
            }
        }

        pending.Clear(allocator);
        return pending.IsEmpty && allocator.Current == 0;
    }
}
