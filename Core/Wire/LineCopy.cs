using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace TinyTcp.Core.Wire;

/// <summary>
/// Copies a line, finds its end and tells whether it is ASCII: three questions to the same bytes, answered by one look
/// at them. What it says is what <c>IndexOf</c>, <c>Ascii.IsValid</c> and <c>CopyTo</c> say, which a law sees to.
/// </summary>
internal static class LineCopy
{
    private const int Block = 16;
    private const int Stride = 4 * Block;

    /// <summary>Copies the first line with its LF.</summary>
    /// <param name="bytes">Bytes from the start of a line.</param>
    /// <param name="room">Where to; what follows the line there is left undefined.</param>
    /// <param name="isAscii">Whether the line is ASCII; undefined where there is none.</param>
    /// <returns>The line's length with its LF; 0 where it has none or there is no room for it.</returns>
    internal static int First(ReadOnlySpan<byte> bytes, Span<byte> room, out bool isAscii)
    {
        var most = Math.Min(bytes.Length, room.Length);
        var from = bytes[..most];
        var to = room[..most];
        var seen = Vector128<byte>.Zero;
        var at = 0;
        while (most - at >= Stride && TryCopyStride(from[at..], to[at..], ref seen))
        {
            at += Stride;
        }

        while (most - at >= Block)
        {
            var block = Vector128.Create(from[at..]);
            block.CopyTo(to[at..]);
            var ends = Vector128.Equals(block, Vector128.Create(Grammar.Lf)).ExtractMostSignificantBits();
            if (ends != 0)
            {
                var upToEnd = ends ^ (ends - 1);
                isAscii = IsAscii(seen) && (block.ExtractMostSignificantBits() & upToEnd) == 0;
                return at + BitOperations.TrailingZeroCount(ends) + 1;
            }

            seen |= block;
            at += Block;
        }

        var length = CopyRest(from[at..], to[at..], out isAscii);
        isAscii &= IsAscii(seen);
        return length == 0 ? 0 : at + length;
    }

    /// <summary>Copies four blocks, unless the line ends in them: long lines are copied twice as fast so.</summary>
    // A call for each stride would have to keep what was seen in memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryCopyStride(ReadOnlySpan<byte> from, Span<byte> to, ref Vector128<byte> seen)
    {
        var end = Vector128.Create(Grammar.Lf);
        var first = Vector128.Create(from);
        var second = Vector128.Create(from[Block..]);
        var third = Vector128.Create(from[(2 * Block)..]);
        var fourth = Vector128.Create(from[(3 * Block)..]);
        var ends =
            Vector128.Equals(first, end)
            | Vector128.Equals(second, end)
            | Vector128.Equals(third, end)
            | Vector128.Equals(fourth, end);
        if (ends != Vector128<byte>.Zero)
        {
            return false;
        }

        first.CopyTo(to);
        second.CopyTo(to[Block..]);
        third.CopyTo(to[(2 * Block)..]);
        fourth.CopyTo(to[(3 * Block)..]);
        seen |= first | second | third | fourth;
        return true;
    }

    private static bool IsAscii(Vector128<byte> bytes) => bytes.ExtractMostSignificantBits() == 0;

    /// <summary>What is left is shorter than a block.</summary>
    private static int CopyRest(ReadOnlySpan<byte> from, Span<byte> to, out bool isAscii)
    {
        var line = from[..(from.IndexOf(Grammar.Lf) + 1)];
        line.CopyTo(to);
        isAscii = Ascii.IsValid(line);
        return line.Length;
    }
}
