using System;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>
/// A moment as TIME gives it: local date and time to the second, with its offset from UTC (T-1). It refers to the 25
/// bytes themselves, so that a host that serves many requests in one second renders it once.
/// <c>default(Timestamp)</c> is <c>0001-01-01T00:00:00+00:00</c>.
/// </summary>
public readonly struct Timestamp : IEquatable<Timestamp>
{
    /// <summary>How many bytes every timestamp has.</summary>
    public const int Length = 25;

    private readonly ImmutableArray<byte> characters;

    private Timestamp(ImmutableArray<byte> characters) => this.characters = characters;

    /// <summary>The timestamp as it stands on the wire, such as <c>2025-09-12T17:24:13-05:00</c>.</summary>
    public ReadOnlySpan<byte> Bytes =>
        characters.IsDefault ? "0001-01-01T00:00:00+00:00"u8 : characters.AsSpan();

    /// <summary>The moment, to the second.</summary>
    public DateTimeOffset Moment => TimestampFormat.Parse(Bytes).IfNone(default(DateTimeOffset));

    /// <summary>The timestamp of a moment.</summary>
    /// <param name="moment">Any moment; what is finer than a second is dropped.</param>
    public static Timestamp From(DateTimeOffset moment)
    {
        Span<byte> written = stackalloc byte[Length];
        moment.TryFormat(written, out _, TimestampFormat.Pattern, CultureInfo.InvariantCulture);
        return new([.. written]);
    }

    /// <summary>Reads a timestamp as a lenient client does: <c>Z</c>, small letters and a fraction will do (T-2).</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>The timestamp to the second, or none.</returns>
    public static Option<Timestamp> Read(ReadOnlySpan<byte> bytes) => TimestampFormat.Parse(bytes).Map(From);

    /// <summary>The timestamp as it stands on the wire.</summary>
    public override string ToString() => Encoding.ASCII.GetString(Bytes);

    /// <inheritdoc/>
    public bool Equals(Timestamp other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Timestamp other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Moment.GetHashCode();

    /// <summary>Whether two timestamps are the same bytes.</summary>
    public static bool operator ==(Timestamp left, Timestamp right) => left.Equals(right);

    /// <summary>Whether two timestamps differ, in the moment or in its offset.</summary>
    public static bool operator !=(Timestamp left, Timestamp right) => !left.Equals(right);
}
