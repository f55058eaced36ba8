using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>Typed text, and between it sequences by the grammar of ECMA-48, the mouse's reports and keys with Alt.</summary>
public sealed record TypedInput
{
    private const string StringIntroducers = "]PX^_";
    private const string Introducers = $"[O{StringIntroducers}";

    private readonly (byte[] Bytes, string Text)[] parts;

    private TypedInput((byte[] Bytes, string Text)[] parts) => this.parts = parts;

    internal static Gen<TypedInput> Any =>
        from parts in Gen.OneOf(
                Sequences.Select(static bytes => (bytes, "")),
                Texts
                    .Visible.Where(static text => !text.Any(char.IsControl))
                    .Select(static text => (WireBytes.Utf8(text), text))
            )
            .NonEmptyListOf()
        select new TypedInput([.. parts]);

    /// <summary>What was typed.</summary>
    internal string Text => string.Concat(parts.Select(static part => part.Text));

    internal byte[] Bytes => [.. parts.SelectMany(static part => part.Bytes)];

    internal bool HasSequence => parts.Any(static part => part.Text.Length == 0);

    private static Gen<byte[]> Sequences =>
        Gen.OneOf(
            Gen.OneOf(Control, SingleShift, String, Named, Alt)
                .Select(static sequence => WireBytes.Utf8($"\u001b{sequence}")),
            Mouse
        );

    private static Gen<string> Control =>
        from parameters in Characters('0', '?', 6)
        from intermediates in Characters(' ', '/', 2)
        from final in Gen.Choose('@', '~')
        let body = $"{parameters}{intermediates}{(char)final}"
        where body is not ("[" or "M")
        select $"[{body}";

    private static Gen<string> SingleShift =>
        from parameters in Gen.Elements("", "5", "1;5")
        from final in Gen.Choose('@', '~')
        select $"O{parameters}{(char)final}";

    private static Gen<string> String =>
        from introducer in Gen.Elements(StringIntroducers.ToCharArray())
        from content in Gen.OneOf(Characters(' ', '~', 20), Gen.Constant("漢\r\n\t"))
        from end in Gen.Elements("\a", "\u001b\\")
        select $"{introducer}{content}{end}";

    private static Gen<string> Named =>
        Gen.Elements(
            "[A",
            "[1;5D",
            "[3~",
            "OH",
            "[[A",
            "[[E",
            "[I",
            "[<0;10;10M",
            "[10;20R",
            "[200~",
            "[201~"
        );

    private static Gen<string> Alt =>
        Gen.OneOf(
                Gen.Choose(' ', '~').Select(static key => ((char)key).ToString()),
                Gen.Elements("é", "漢", "😀")
            )
            .Where(static key => !Introducers.Contains(key, StringComparison.Ordinal));

    private static Gen<byte[]> Mouse =>
        from position in Gen.Choose(' ', byte.MaxValue).ArrayOf(3)
        select (byte[])[.. "\u001b[M"u8, .. position.Select(static value => (byte)value)];

    internal static IEnumerable<TypedInput> Shrink(TypedInput input) =>
        Shrinking
            .Shorter(input.parts)
            .Where(static shorter => shorter.Length > 0)
            .Select(static shorter => new TypedInput(shorter));

    public override string ToString() => WireBytes.Show(Bytes);

    private static Gen<string> Characters(char first, char last, int maxCount) =>
        from count in Gen.Choose(0, maxCount)
        from codes in Gen.Choose(first, last).ArrayOf(count)
        select string.Concat(codes.Select(static code => (char)code));
}
