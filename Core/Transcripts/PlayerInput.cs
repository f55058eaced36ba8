using System;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>What the host of a <see cref="TranscriptPlayer"/> received: a closed union.</summary>
public abstract record PlayerInput
{
    private PlayerInput() { }

    /// <summary>Calls one function: the one of the input's case.</summary>
    public abstract T Match<T>(Func<Line, T> line, Func<T> silence, Func<T> closed, Func<T> reset);

    /// <summary>A line.</summary>
    /// <param name="Bytes">The bytes, without the LF.</param>
    /// <param name="Ended">Whether an LF followed; if not, the server stopped, or closed, in the middle of the line.</param>
    /// <param name="Now">The time of day.</param>
    public sealed record Line(ByteString Bytes, bool Ended, DateTimeOffset Now) : PlayerInput
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Line, T> line, Func<T> silence, Func<T> closed, Func<T> reset) =>
            line(this);

        /// <summary>The line as a transcript writes it.</summary>
        public override string ToString() =>
            new TranscriptEvent.Received(LinePattern.Exactly(Bytes.Span), Ended).ToString();

        /// <summary>Whether it is the line that an event is the receipt of.</summary>
        internal bool Matches(TranscriptEvent @event) => @event.Matches(Bytes.Memory, Ended, Now);
    }

    /// <summary>Nothing in time.</summary>
    public sealed record Silence : PlayerInput
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Line, T> line, Func<T> silence, Func<T> closed, Func<T> reset) =>
            silence();
    }

    /// <summary>The end: the server has closed.</summary>
    public sealed record Closed : PlayerInput
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Line, T> line, Func<T> silence, Func<T> closed, Func<T> reset) =>
            closed();
    }

    /// <summary>The server has reset the connection; what it sent last may be lost.</summary>
    public sealed record Reset : PlayerInput
    {
        /// <inheritdoc/>
        public override T Match<T>(Func<Line, T> line, Func<T> silence, Func<T> closed, Func<T> reset) =>
            reset();
    }
}
