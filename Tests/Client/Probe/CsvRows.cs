using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>Rows of at least two fields, rich in the characters that CSV has to quote.</summary>
public sealed record CsvRows(string[][] Rows)
{
    internal static Gen<CsvRows> Any { get; } =
        from rowCount in Gen.Choose(1, 5)
        from rows in (
            from fieldCount in Gen.Choose(2, 6)
            from fields in Gen.OneOf(
                    AnyString.Any.Select(static any => any.Characters),
                    Gen.Elements('"', ',', '\r', '\n', 'x')
                        .ArrayOf()
                        .Select(static letters => new string(letters))
                )
                .ArrayOf(fieldCount)
            select fields
        ).ArrayOf(rowCount)
        select new CsvRows(rows);

    internal static IEnumerable<CsvRows> Shrink(CsvRows rows) =>
        Shrinking
            .Shorter(rows.Rows)
            .Concat(
                Shrinking.Within(
                    rows.Rows,
                    static row => Shrinking.Shorter(row).Where(static shorter => shorter.Length > 1)
                )
            )
            .Concat(Shrinking.Within(rows.Rows, static row => Shrinking.Simpler(row, "")))
            .Select(static smaller => new CsvRows(smaller));

    public override string ToString() =>
        string.Join(
            " / ",
            Rows.Select(static row => string.Join(" | ", row.Select(static field => $"'{field}'")))
        );
}
