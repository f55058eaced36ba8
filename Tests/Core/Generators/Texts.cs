using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Texts of the grammar, white space and letter cases, and their shrinkers.</summary>
internal static class Texts
{
    /// <summary>The five kinds of white space.</summary>
    internal const string WhiteSpace = " \t\v\f\r";

    private static readonly string[] Unusual =
    [
        "é",
        "ı",
        "ß",
        "漢",
        "😀",
        "\u0085",
        "\u00A0",
        "\u2003",
        "\u2028",
        "\u202E",
        "\uFEFF",
        "\uE000",
        "\0",
        "\x1B",
        "\x7F",
        "\\",
    ];

    internal static Gen<string> Visible { get; } =
        Gen.Frequency(
            (8, Gen.Choose('a', 'z').Select(static letter => ((char)letter).ToString())),
            (4, Gen.Choose('!', '~').Select(static ascii => ((char)ascii).ToString())),
            (3, Gen.Elements(Unusual))
        );

    internal static Gen<string> White { get; } =
        Gen.Elements(WhiteSpace.ToCharArray()).Select(static white => white.ToString());

    /// <summary>At least one white space.</summary>
    internal static Gen<string> Gap { get; } = Gen.Frequency((3, Gen.Constant(" ")), (1, White.Many(1, 4)));

    internal static Gen<string> Edge { get; } = Gen.Frequency((2, Gen.Constant("")), (1, White.Many(0, 4)));

    /// <summary>Characters that begin and end with a visible one.</summary>
    internal static Gen<string> Trimmed { get; } =
        Gen.OneOf(
            Visible,
            from first in Visible
            from middle in Gen.Frequency((4, Visible), (1, White)).Sequence()
            from last in Visible
            select first + middle + last
        );

    internal static Gen<LineText> Text { get; } = Trimmed.Select(Some.Text);

    /// <summary>A word in any mixture of capitals and small letters (ASCII).</summary>
    internal static Gen<string> AnyCase(string word) =>
        Gen.Elements(true, false)
            .ArrayOf(word.Length)
            .Select(up => string.Concat(word.Zip(up, static (c, big) => big ? Upper(c) : Lower(c))));

    internal static Gen<string> Many(this Gen<string> piece, int least, int most) =>
        from count in Gen.Choose(least, most)
        from pieces in piece.ArrayOf(count)
        select string.Concat(pieces);

    internal static Gen<string> Sequence(this Gen<string> piece) =>
        Gen.Sized(size => piece.Many(0, size / 2));

    /// <summary>Shorter texts first, then plainer ones; each is a text.</summary>
    internal static IEnumerable<LineText> Shrink(LineText text)
    {
        var runes = text.ToString().EnumerateRunes().Select(static rune => rune.ToString()).ToArray();
        return Shrinking
            .Shorter(runes)
            .Concat(Shrinking.Plainer(runes, "a"))
            .Select(static shorter => TinyTcp.Core.Wire.LineText.From(string.Concat(shorter)))
            .Where(static option => option.IsSome)
            .Select(Some.Given)
            .Where(shorter => shorter != text);
    }

    private static char Upper(char letter) => char.ToUpperInvariant(letter);

    private static char Lower(char letter) => char.ToLowerInvariant(letter);
}
