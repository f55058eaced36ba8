using System;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>What happened in a conversation, seen from the client: a closed union.</summary>
public abstract record TranscriptEvent
{
    private TranscriptEvent() { }

    /// <summary>The client sent some bytes.</summary>
    /// <param name="Bytes">The bytes, without the LF.</param>
    /// <param name="Ended">Whether an LF came after them; if not, what is sent next goes on with the same line.</param>
    public sealed record Sent(ByteString Bytes, bool Ended) : TranscriptEvent;

    /// <summary>The server sent a line.</summary>
    /// <param name="Line">What the line was, or may be.</param>
    /// <param name="Ended">Whether an LF came after it; if not, the server stopped in the middle of it.</param>
    public sealed record Received(LinePattern Line, bool Ended) : TranscriptEvent;

    /// <summary>The client has finished sending and still reads (S-2).</summary>
    public sealed record Finished : TranscriptEvent;

    /// <summary>The server has closed: the client has read to the end (S-3).</summary>
    public sealed record Closed : TranscriptEvent;

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(Func<Sent, T> sent, Func<Received, T> received, Func<T> finished, Func<T> closed) =>
        this switch
        {
            Sent happened => sent(happened),
            Received happened => received(happened),
            Finished => finished(),
            _ => closed(),
        };
}
