using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Generates and shrinks texts; generates white space and letter cases.</summary>
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

    internal static Gen<string> Space { get; } =
        Gen.Elements(WhiteSpace.ToCharArray()).Select(static space => space.ToString());

    /// <summary>One or more characters of white space.</summary>
    internal static Gen<string> Separator { get; } =
        Gen.Frequency((3, Gen.Constant(" ")), (1, Space.Repeat(1, 4)));

    /// <summary>White space, or nothing.</summary>
    internal static Gen<string> Padding { get; } =
        Gen.Frequency((2, Gen.Constant("")), (1, Space.Repeat(0, 4)));

    /// <summary>Characters that begin and end with a visible one.</summary>
    internal static Gen<string> Trimmed { get; } =
        Gen.OneOf(
            Visible,
            from first in Visible
            from middle in Gen.Frequency((4, Visible), (1, Space)).Sequence()
            from last in Visible
            select first + middle + last
        );

    internal static Gen<LineText> Text { get; } = Trimmed.Select(TestValues.Text);

    /// <summary>A word with each ASCII letter in either case.</summary>
    internal static Gen<string> AnyCase(string word) =>
        Gen.Elements(true, false)
            .ArrayOf(word.Length)
            .Select(cases =>
                string.Concat(word.Zip(cases, static (c, isUpper) => isUpper ? Upper(c) : Lower(c)))
            );

    internal static Gen<string> Repeat(this Gen<string> fragment, int min, int max) =>
        from count in Gen.Choose(min, max)
        from fragments in fragment.ArrayOf(count)
        select string.Concat(fragments);

    internal static Gen<string> Sequence(this Gen<string> fragment) =>
        Gen.Sized(size => fragment.Repeat(0, size / 2));

    /// <summary>Shorter texts first, then simpler ones.</summary>
    internal static IEnumerable<LineText> Shrink(LineText text)
    {
        var runes = text.ToString().EnumerateRunes().Select(static rune => rune.ToString()).ToArray();
        return Shrinking
            .Shorter(runes)
            .Concat(Shrinking.Simpler(runes, "a"))
            .Select(static shorter => TinyTcp.Core.Wire.LineText.From(string.Concat(shorter)))
            .Where(static option => option.IsSome)
            .Select(TestValues.Given)
            .Where(shorter => shorter != text);
    }

    private static char Upper(char letter) => char.ToUpperInvariant(letter);

    private static char Lower(char letter) => char.ToLowerInvariant(letter);
}
