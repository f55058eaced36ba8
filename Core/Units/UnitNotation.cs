using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Units;

/// <summary>
/// How people write a quantity: a decimal number and a unit, such as 500ms, 1.5s or 64k. Upper and lower case are the same.
/// </summary>
public sealed class UnitNotation
{
    /// <summary>The units with their sizes, each before the shorter ones that it ends with.</summary>
    private readonly ImmutableArray<(string Suffix, long Size)> units;

    private UnitNotation(params ImmutableArray<(string Suffix, long Size)> units) => this.units = units;

    /// <summary>Durations in milliseconds: ms, s, m, h. Without a unit the number is seconds.</summary>
    public static UnitNotation Durations { get; } =
        new(("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000), ("", 1_000));

    /// <summary>Sizes in bytes: k, m and g are powers of 1,024. Without a unit the number is bytes.</summary>
    public static UnitNotation Sizes { get; } =
        new(("k", 1L << 10), ("m", 1L << 20), ("g", 1L << 30), ("", 1));

    /// <summary>Numbers without a unit.</summary>
    public static UnitNotation Counts { get; } = new(("", 1));

    /// <summary>The units, for help.</summary>
    public string Names =>
        string.Join(", ", units.Select(static unit => unit.Suffix).Where(static suffix => suffix.Length > 0));

    /// <summary>Reads a quantity.</summary>
    /// <param name="text">A text, such as <c>1.5s</c>.</param>
    /// <returns>
    /// The quantity in milliseconds or bytes, at least 0; none if the text is not a quantity, or not a whole number of them.
    /// </returns>
    public Option<long> Parse(string text)
    {
        var (suffix, size) = units.First(unit =>
            text.EndsWith(unit.Suffix, StringComparison.OrdinalIgnoreCase)
        );
        return
            decimal.TryParse(
                text.AsSpan(0, text.Length - suffix.Length),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
            && number <= long.MaxValue / size
            && decimal.IsInteger(number * size)
            ? (long)(number * size)
            : Option<long>.None;
    }

    /// <summary>Writes a quantity in the largest unit that gives a whole number; zero is <c>0</c>.</summary>
    /// <param name="quantity">Milliseconds or bytes.</param>
    public string Format(long quantity)
    {
        var (suffix, size) = units
            .Where(unit => quantity % unit.Size == 0)
            .OrderBy(static unit => unit.Size)
            .ThenByDescending(static unit => unit.Suffix.Length == 0)
            .Last();
        return quantity == 0
            ? "0"
            : string.Create(CultureInfo.InvariantCulture, $"{quantity / size}{suffix}");
    }
}
