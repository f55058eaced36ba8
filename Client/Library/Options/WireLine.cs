using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Options;

/// <summary>Which way a line went.</summary>
public enum WireDirection
{
    /// <summary>From the client to the server.</summary>
    Sent,

    /// <summary>From the server to the client.</summary>
    Received,
}

/// <summary>
/// One line as it was on the wire, shown to an observer while it passes. It looks at the connection's own buffer, so
/// it cannot be kept: an observer that needs it later keeps <see cref="ToString"/> or a copy of the bytes.
/// </summary>
/// <param name="direction">Which way it went.</param>
/// <param name="bytes">Its bytes without the LF; nothing has been escaped.</param>
public readonly ref struct WireLine(WireDirection direction, ReadOnlySpan<byte> bytes)
{
    /// <summary>Which way it went.</summary>
    public WireDirection Direction { get; } = direction;

    /// <summary>Its bytes without the LF, as they were on the wire.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    /// <summary>The line as a transcript has it.</summary>
    public TranscriptLine ToTranscript() =>
        new TranscriptLine.Entry(
            At: default,
            Direction == WireDirection.Sent
                ? new TranscriptEvent.Sent(ByteString.From(Bytes), Ended: true)
                : new TranscriptEvent.Received(LinePattern.Exactly(Bytes), Ended: true)
        );

    /// <summary>The line as a transcript writes it: <c>-> TIME</c>, with its odd bytes escaped (N-2).</summary>
    public override string ToString() => ToTranscript().ToString();
}
