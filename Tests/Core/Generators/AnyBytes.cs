using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Any bytes. LF and request lines occur often.</summary>
public sealed record AnyBytes(ReadOnlyMemory<byte> Bytes)
{
    internal static Gen<AnyBytes> Any { get; } =
        from fragments in Gen.Frequency(
                (6, Gen.Choose(0, 255).Select(static value => new[] { (byte)value })),
                (1, Gen.Constant(new[] { Grammar.Lf })),
                (1, RequestLines.Any)
            )
            .ArrayOf()
        select new AnyBytes(fragments.SelectMany(static fragment => fragment).ToArray());

    internal static IEnumerable<AnyBytes> Shrink(AnyBytes any) =>
        Shrinking.Shorter(any.Bytes.ToArray()).Select(static bytes => new AnyBytes(bytes));

    public override string ToString() => WireBytes.Show(Bytes.Span);
}
