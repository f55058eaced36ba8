using System;
using System.Collections.Immutable;

namespace TinyTcp.Core.Wire;

/// <summary>
/// Some bytes as a value: never changed, and equal where they are the same bytes. <c>default(Octets)</c> is none.
/// </summary>
public readonly struct ByteString : IEquatable<ByteString>
{
    private readonly ImmutableArray<byte> bytes;

    private ByteString(ImmutableArray<byte> bytes) => this.bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => bytes.AsMemory();

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan();

    /// <summary>A copy of some bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    public static ByteString From(ReadOnlySpan<byte> bytes) => new([.. bytes]);

    /// <summary>The bytes as one line of printable characters (N-2).</summary>
    public override string ToString() => Escape.ToPrintable(Span);

    /// <inheritdoc/>
    public bool Equals(ByteString other) => Span.SequenceEqual(other.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashOf(Span);

    /// <summary>Whether they are the same bytes.</summary>
    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    /// <summary>Whether they differ in any byte.</summary>
    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);

    /// <summary>A hash of some bytes that is the same in every run.</summary>
    internal static int HashOf(ReadOnlySpan<byte> bytes)
    {
        var hash = 17;
        foreach (var value in bytes)
        {
            hash = unchecked((hash * 31) + value);
        }

        return hash;
    }
}
