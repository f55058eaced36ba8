using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Options;

/// <summary>The direction of a line.</summary>
public enum WireDirection
{
    /// <summary>From the client to the server.</summary>
    Sent,

    /// <summary>From the server to the client.</summary>
    Received,
}

/// <summary>
/// A line as it is on the wire. It refers to the connection's buffer, so it is valid during the callback only: keep
/// <see cref="ToString"/> or a copy of the bytes.
/// </summary>
/// <param name="direction">Its direction.</param>
/// <param name="bytes">Its bytes without the LF, not escaped.</param>
public readonly ref struct WireLine(WireDirection direction, ReadOnlySpan<byte> bytes)
{
    /// <summary>Its direction.</summary>
    public WireDirection Direction { get; } = direction;

    /// <summary>Its bytes without the LF, not escaped.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The line as a value of a transcript.</summary>
    public TranscriptLine ToTranscript() =>
        new TranscriptLine.Entry(
            Time: default,
            Direction == WireDirection.Sent
                ? new TranscriptEvent.Sent(ByteString.From(Bytes), Ended: true)
                : new TranscriptEvent.Received(LinePattern.Exactly(Bytes), Ended: true)
        );

    /// <summary>The line as text of a transcript, such as <c>-> TIME</c>, escaped (N-2).</summary>
    public override string ToString() => ToTranscript().ToString();
}
