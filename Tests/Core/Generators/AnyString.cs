using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Any string, lone surrogates included.</summary>
public sealed record AnyString(string Characters)
{
    internal static Gen<AnyString> Any { get; } =
        from fragments in Gen.Frequency(
                (3, Gen.Choose(0, 0xFFFF).Select(static value => ((char)value).ToString())),
                (1, Gen.Choose(0xD800, 0xDFFF).Select(static value => ((char)value).ToString())),
                (1, Gen.Choose(0, 0x7F).Select(static value => ((char)value).ToString())),
                (1, Gen.Elements("TIME ", "ECHO ", "ERROR ", "2025-09-12T17:24:13", "Z", "+00:00", "\n")),
                (1, Texts.Trimmed)
            )
            .ArrayOf()
        select new AnyString(string.Concat(fragments));

    internal static IEnumerable<AnyString> Shrink(AnyString any) =>
        Shrinking
            .Shorter(any.Characters.ToCharArray())
            .Select(static characters => new AnyString(new string(characters)));

    public override string ToString() => string.Concat(Characters.Select(static c => $"\\u{(int)c:X4}"));
}
