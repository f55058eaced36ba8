using System;
using System.Collections.Immutable;

namespace TinyTcp.Core.Wire;

/// <summary>
/// Bytes as an immutable value: two are equal if their bytes are. <c>default(ByteString)</c> is empty.
/// </summary>
public readonly struct ByteString : IEquatable<ByteString>
{
    private readonly ImmutableArray<byte> bytes;

    private ByteString(ImmutableArray<byte> bytes) => this.bytes = bytes;

    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory => bytes.AsMemory();

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => bytes.AsSpan();

    /// <summary>Copies bytes.</summary>
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

    /// <summary>Whether the bytes are the same.</summary>
    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    /// <summary>Whether any byte differs.</summary>
    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);

    /// <summary>A hash of bytes that is the same in every process.</summary>
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
