using System;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>One line of a transcript: a closed union.</summary>
public abstract record TranscriptLine
{
    private TranscriptLine() { }

    /// <summary>An empty line, for the reader's eye.</summary>
    public sealed record Blank : TranscriptLine;

    /// <summary>A remark for people.</summary>
    /// <param name="Remark">What follows the <c>#</c>, if anything does.</param>
    public sealed record Comment(Option<LineText> Remark) : TranscriptLine;

    /// <summary>The client connects: a new conversation begins, and with it a new clock.</summary>
    /// <param name="Peer">Where to.</param>
    public sealed record Connect(TranscriptPeer Peer) : TranscriptLine;

    /// <summary>Something happened in the conversation.</summary>
    /// <param name="At">
    /// When, in milliseconds since the client connected; none where it was at once after the line before.
    /// </param>
    /// <param name="Event">What.</param>
    public sealed record Entry(Option<uint> At, TranscriptEvent Event) : TranscriptLine;

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<T> blank,
        Func<Comment, T> comment,
        Func<Connect, T> connect,
        Func<Entry, T> happened
    ) =>
        this switch
        {
            Comment line => comment(line),
            Connect line => connect(line),
            Entry line => happened(line),
            _ => blank(),
        };

    /// <summary>The line as a transcript writes it, without its LF.</summary>
    public sealed override string ToString() => TranscriptWriter.Write(this);
}
