using System;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>An event of a conversation, as the client sees it: a closed union.</summary>
public abstract record TranscriptEvent
{
    private TranscriptEvent() { }

    /// <summary>Calls one function: the one of the event's case.</summary>
    public abstract T Match<T>(
        Func<Sent, T> sent,
        Func<Received, T> received,
        Func<Optional, T> optional,
        Func<T> finished,
        Func<T> closed
    );

    /// <summary>The event as a transcript writes it.</summary>
    public abstract override string ToString();

    /// <summary>Whether it is the receipt of a line.</summary>
    /// <param name="line">The bytes without the LF.</param>
    /// <param name="ended">Whether an LF followed.</param>
    /// <param name="now">The time of day when it was received.</param>
    internal bool Matches(ReadOnlyMemory<byte> line, bool ended, DateTimeOffset now) =>
        Match(
            sent: static _ => false,
            received: received => received.Ended == ended && received.Line.Matches(line, now),
            optional: optional => ended && optional.Line.Matches(line, now),
            finished: static () => false,
            closed: static () => false
        );

    private static string Arrow(string arrow, string shown, bool ended) =>
        !ended ? $"{arrow} {shown}{TranscriptSyntax.Continuation}"
        : shown.Length == 0 ? arrow
        : $"{arrow} {KeepLastSpace(shown)}";

    /// <summary>Editors remove a space at the end of a line, but not an escape.</summary>
    private static string KeepLastSpace(string shown) => shown.EndsWith(' ') ? $@"{shown[..^1]}\x20" : shown;

    /// <summary>The client sent bytes.</summary>
    /// <param name="Bytes">The bytes, without the LF.</param>
    /// <param name="Ended">Whether an LF followed; if not, the next bytes continue the line.</param>
    public sealed record Sent(ByteString Bytes, bool Ended) : TranscriptEvent
    {
        /// <summary>The bytes with the LF, if one followed.</summary>
        public ByteString All => Ended ? ByteString.From([.. Bytes.Span, Grammar.Lf]) : Bytes;

        /// <summary>The event of sending some bytes, which may end with an LF.</summary>
        /// <param name="bytes">Any bytes.</param>
        public static Sent Of(ReadOnlySpan<byte> bytes) =>
            bytes is [.., Grammar.Lf]
                ? new(ByteString.From(bytes[..^1]), Ended: true)
                : new(ByteString.From(bytes), Ended: false);

        /// <inheritdoc/>
        public override T Match<T>(
            Func<Sent, T> sent,
            Func<Received, T> received,
            Func<Optional, T> optional,
            Func<T> finished,
            Func<T> closed
        ) => sent(this);

        /// <inheritdoc/>
        public override string ToString() => Arrow(TranscriptSyntax.Sent, Bytes.ToString(), Ended);
    }

    /// <summary>The server sent a line.</summary>
    /// <param name="Line">The line, or the pattern that it matches.</param>
    /// <param name="Ended">Whether an LF followed; if not, the server stopped in the middle of the line.</param>
    public sealed record Received(LinePattern Line, bool Ended) : TranscriptEvent
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Sent, T> sent,
            Func<Received, T> received,
            Func<Optional, T> optional,
            Func<T> finished,
            Func<T> closed
        ) => received(this);

        /// <inheritdoc/>
        public override string ToString() => Arrow(TranscriptSyntax.Received, Line.ToString(), Ended);
    }

    /// <summary>The server may have sent a line.</summary>
    /// <param name="Line">The line, or the pattern that it matches.</param>
    public sealed record Optional(LinePattern Line) : TranscriptEvent
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Sent, T> sent,
            Func<Received, T> received,
            Func<Optional, T> optional,
            Func<T> finished,
            Func<T> closed
        ) => optional(this);

        /// <inheritdoc/>
        public override string ToString() => Arrow(TranscriptSyntax.Optional, Line.ToString(), ended: true);
    }

    /// <summary>The client finished sending and still reads (S-2).</summary>
    public sealed record Finished : TranscriptEvent
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Sent, T> sent,
            Func<Received, T> received,
            Func<Optional, T> optional,
            Func<T> finished,
            Func<T> closed
        ) => finished();

        /// <inheritdoc/>
        public override string ToString() => TranscriptSyntax.Finish;
    }

    /// <summary>The server closed, and the client has read to the end (S-3).</summary>
    public sealed record Closed : TranscriptEvent
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Sent, T> sent,
            Func<Received, T> received,
            Func<Optional, T> optional,
            Func<T> finished,
            Func<T> closed
        ) => closed();

        /// <inheritdoc/>
        public override string ToString() => TranscriptSyntax.Closed;
    }
}
