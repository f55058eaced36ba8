using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Everything that a peer sends before it finishes: lines, the last of which may lack its LF.</summary>
public sealed record Conversation(ImmutableArray<ReadOnlyMemory<byte>> Lines, ReadOnlyMemory<byte> Unfinished)
{
    public ReadOnlyMemory<byte> Bytes { get; } =
        (byte[])[.. Lines.SelectMany(static line => (byte[])[.. line.Span, Grammar.Lf]), .. Unfinished.Span];

    public override string ToString() => WireBytes.Show(Bytes.Span);
}

/// <summary>Where a byte stream is cut: the sizes of the pieces, over and over again; none at all: one piece.</summary>
public sealed record Cut(ImmutableArray<int> Sizes)
{
    public static Cut Whole { get; } = new([]);

    public static Cut ByteByByte { get; } = new([1]);

    public IEnumerable<ReadOnlyMemory<byte>> Pieces(ReadOnlyMemory<byte> bytes)
    {
        for (var piece = 0; !bytes.IsEmpty; piece++)
        {
            var size = Sizes.IsEmpty ? bytes.Length : Math.Min(bytes.Length, Sizes[piece % Sizes.Length]);
            yield return bytes[..size];
            bytes = bytes[size..];
        }
    }

    public override string ToString() => $"pieces of {string.Join(", ", Sizes)}";
}

/// <summary>Whole conversations and their cuts, with shrinkers that keep lines lines.</summary>
internal static class Conversations
{
    private static readonly byte[] Hello = [Grammar.TlsHello, 0x03, 0x01];

    internal static Gen<Conversation> Conversation { get; } =
        from first in Gen.Frequency((29, Gen.Constant(Array.Empty<byte>())), (1, Gen.Constant(Hello)))
        from lines in Gen.Sized(static size =>
            from count in Gen.Choose(0, 2 + (size / 5))
            from lines in RequestLines.Any.ArrayOf(count)
            select lines
        )
        from last in Gen.Frequency((4, Gen.Constant(Array.Empty<byte>())), (1, RequestLines.Any))
        select Of([.. first.Length == 0 ? [] : new[] { first }, .. lines], last);

    internal static Gen<Cut> Cut { get; } =
        from count in Gen.Choose(0, 8)
        from sizes in Gen.Frequency((3, Gen.Choose(1, 9)), (1, Gen.Choose(10, 200)), (1, Gen.Constant(0)))
            .ArrayOf(count)
        select new Cut(sizes.All(static size => size == 0) ? [] : [.. sizes]);

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

    internal static IEnumerable<Cut> Shrink(Cut cut) =>
        Shrinking
            .Shorter(cut.Sizes)
            .Where(static sizes => sizes.Length == 0 || sizes.Any(static size => size > 0))
            .Select(static sizes => new Cut([.. sizes]));
}
