using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>The bytes that a peer sends before it finishes: lines, and perhaps a last one without LF.</summary>
public sealed record Conversation(ImmutableArray<ReadOnlyMemory<byte>> Lines, ReadOnlyMemory<byte> Unfinished)
{
    public ReadOnlyMemory<byte> Bytes { get; } =
        (byte[])[.. Lines.SelectMany(static line => (byte[])[.. line.Span, Grammar.Lf]), .. Unfinished.Span];

    public override string ToString() => WireBytes.Show(Bytes.Span);
}

/// <summary>The sizes of the segments of a byte stream, repeated to its end; if empty, it is one segment.</summary>
public sealed record Segmentation(ImmutableArray<int> Sizes)
{
    public static Segmentation Whole { get; } = new([]);

    public static Segmentation ByteByByte { get; } = new([1]);

    public IEnumerable<ReadOnlyMemory<byte>> Segments(ReadOnlyMemory<byte> bytes)
    {
        for (var index = 0; !bytes.IsEmpty; index++)
        {
            var size = Sizes.IsEmpty ? bytes.Length : Math.Min(bytes.Length, Sizes[index % Sizes.Length]);
            yield return bytes[..size];
            bytes = bytes[size..];
        }
    }

    public override string ToString() => $"segments of {string.Join(", ", Sizes)}";
}

/// <summary>Generates conversations and segmentations. Their shrinkers keep each line one line.</summary>
internal static class ConversationGenerators
{
    private static readonly byte[] TlsHello = [Grammar.TlsHello, 0x03, 0x01];

    internal static Gen<Conversation> Conversation { get; } =
        from first in Gen.Frequency((29, Gen.Constant(Array.Empty<byte>())), (1, Gen.Constant(TlsHello)))
        from lines in Gen.Sized(static size =>
            from count in Gen.Choose(0, 2 + (size / 5))
            from lines in RequestLines.Any.ArrayOf(count)
            select lines
        )
        from last in Gen.Frequency((4, Gen.Constant(Array.Empty<byte>())), (1, RequestLines.Any))
        select Of([.. first.Length == 0 ? [] : new[] { first }, .. lines], last);

    internal static Gen<Segmentation> Segmentation { get; } =
        from count in Gen.Frequency((1, Gen.Constant(0)), (20, Gen.Choose(1, 8)))
        from sizes in Gen.Frequency((3, Gen.Choose(1, 9)), (1, Gen.Choose(10, 200)), (1, Gen.Constant(0)))
            .ArrayOf(count)
        select new Segmentation(sizes.All(static size => size == 0) ? [] : [.. sizes]);

    internal static Conversation Of(IEnumerable<byte[]> lines, byte[] last) =>
        new([.. lines.Select(static line => new ReadOnlyMemory<byte>(line))], last);

    internal static IEnumerable<Conversation> Shrink(Conversation conversation)
    {
        var lines = conversation.Lines.Select(static line => line.ToArray()).ToArray();
        var last = conversation.Unfinished.ToArray();
        var shorterLast = last.Length == 0 ? [] : RequestLines.Shrink(last).Prepend([]);
        return Shrinking
            .Shorter(lines)
            .Concat(Shrinking.Within(lines, RequestLines.Shrink))
            .Select(fewer => Of(fewer, last))
            .Concat(shorterLast.Select(shorter => Of(lines, shorter)));
    }

    internal static IEnumerable<Segmentation> Shrink(Segmentation segmentation) =>
        Shrinking
            .Shorter(segmentation.Sizes)
            .Where(static sizes => sizes.Length == 0 || sizes.Any(static size => size > 0))
            .Select(static sizes => new Segmentation([.. sizes]));
}
