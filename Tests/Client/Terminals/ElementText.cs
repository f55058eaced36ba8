using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Terminals;

/// <summary>A text of characters that join each other in all the ways of Unicode, and an index in it.</summary>
public sealed record ElementText
{
    private static readonly string[] Pieces =
    [
        "a",
        " ",
        "漢",
        "e\u0301",
        "\u0301",
        "\u200D",
        "\u200C",
        "\uFE0F",
        "👩",
        "👩\u200D",
        "\u200D👩",
        "🏽",
        "🇩",
        "🇪",
        "\u1100",
        "\u1161",
        "\u11A8",
        "\u0600",
        "क",
        "\u094D",
        "क\u094D",
        "ष",
        "\u0E33",
        "\uFF9E",
        "\r",
        "\n",
    ];

    private readonly string[] pieces;

    private ElementText(string[] pieces, int index) => (this.pieces, Index) = (pieces, index);

    internal static Gen<ElementText> Any =>
        from pieces in Gen.Elements(Pieces).NonEmptyListOf()
        from index in Gen.Choose(0, string.Concat(pieces).Length)
        select new ElementText([.. pieces], index);

    internal string Text => string.Concat(pieces);

    internal int Index { get; }

    internal static IEnumerable<ElementText> Shrink(ElementText text) =>
        Shrinking
            .Shorter(text.pieces)
            .Concat(Shrinking.Simpler(text.pieces, "a"))
            .Where(static smaller => smaller.Length > 0)
            .Select(smaller => new ElementText(smaller, Math.Min(text.Index, string.Concat(smaller).Length)));

    public override string ToString() =>
        $"{string.Join(' ', Text.Select(static character => $"{(int)character:X4}"))} at {Index}";
}
