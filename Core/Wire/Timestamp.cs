using System;
using System.Text;
using LanguageExt;

namespace TinyTcp.Core.Wire;

/// <summary>
/// A moment as TIME reports it: local date and time to the second, with its offset from UTC (T-1).
/// <c>default(Timestamp)</c> is <c>0001-01-01T00:00:00+00:00</c>.
/// </summary>
public readonly struct Timestamp : IEquatable<Timestamp>
{
    /// <summary>The length of every rendered timestamp: 25 bytes.</summary>
    public const int Length = TimestampFormat.Length;

    private Timestamp(DateTimeOffset moment) => Moment = moment;

    /// <summary>The moment, to the second.</summary>
    public DateTimeOffset Moment { get; }

    /// <summary>The timestamp of a moment.</summary>
    /// <param name="moment">Any moment; a fraction of a second is dropped.</param>
    public static Timestamp From(DateTimeOffset moment) =>
        new(new DateTimeOffset(moment.Ticks - (moment.Ticks % TimeSpan.TicksPerSecond), moment.Offset));

    /// <summary>Reads a timestamp leniently: <c>Z</c>, small letters and a fraction are accepted (T-2).</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>The timestamp to the second, or none.</returns>
    public static Option<Timestamp> Read(ReadOnlySpan<byte> bytes) => TimestampFormat.Parse(bytes).Map(From);

    /// <summary>Reads a timestamp in the one form that servers write (T-1).</summary>
    /// <param name="bytes">Any bytes.</param>
    /// <returns>The timestamp, or none.</returns>
    internal static Option<Timestamp> ReadWritten(ReadOnlySpan<byte> bytes)
    {
        var read = Read(bytes);
        Span<byte> written = stackalloc byte[Length];
        TimestampFormat.Write(read.IfNone(default(Timestamp)).Moment, written);
        return written.SequenceEqual(bytes) ? read : Option<Timestamp>.None;
    }

    /// <summary>Writes the timestamp, such as <c>2025-09-12T17:24:13-05:00</c>.</summary>
    /// <param name="destination">Where to write.</param>
    /// <returns>False, and nothing is written, if there are fewer than <see cref="Length"/> bytes.</returns>
    public bool TryWrite(Span<byte> destination)
    {
        var fits = destination.Length >= Length;
        if (fits)
        {
            TimestampFormat.Write(Moment, destination);
        }

        return fits;
    }

    /// <summary>The timestamp as on the wire.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        TimestampFormat.Write(Moment, bytes);
        return Encoding.ASCII.GetString(bytes);
    }

    /// <inheritdoc/>
    public bool Equals(Timestamp other) => Moment.EqualsExact(other.Moment);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Timestamp other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Moment.GetHashCode();

    /// <summary>Whether two timestamps have the same moment and offset.</summary>
    public static bool operator ==(Timestamp left, Timestamp right) => left.Equals(right);

    /// <summary>Whether two timestamps differ in the moment or in its offset.</summary>
    public static bool operator !=(Timestamp left, Timestamp right) => !left.Equals(right);
}
