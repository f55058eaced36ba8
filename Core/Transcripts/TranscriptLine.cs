using System;
using System.Globalization;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>One line of a transcript: a closed union.</summary>
public abstract record TranscriptLine
{
    private TranscriptLine() { }

    /// <summary>Calls one function: the one of the line's case.</summary>
    public abstract T Match<T>(
        Func<T> blank,
        Func<Comment, T> comment,
        Func<Connect, T> connect,
        Func<Entry, T> entry
    );

    /// <summary>The line as a transcript writes it, without its LF.</summary>
    public abstract override string ToString();

    /// <summary>An empty line, for readability.</summary>
    public sealed record Blank : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => blank();

        /// <inheritdoc/>
        public override string ToString() => "";
    }

    /// <summary>A comment.</summary>
    /// <param name="Remark">The text after <c>#</c>; none if there is none.</param>
    public sealed record Comment(Option<LineText> Remark) : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => comment(this);

        /// <inheritdoc/>
        public override string ToString() =>
            Remark.Match(
                Some: static remark => $"{TranscriptSyntax.Comment} {remark}",
                None: static () => $"{TranscriptSyntax.Comment}"
            );
    }

    /// <summary>The client connects: a new conversation begins, and its clock starts at zero.</summary>
    /// <param name="Peer">The server.</param>
    public sealed record Connect(TranscriptPeer Peer) : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => connect(this);

        /// <inheritdoc/>
        public override string ToString() => $"{TranscriptSyntax.Connect}{Peer}";
    }

    /// <summary>An event of the conversation.</summary>
    /// <param name="At">Milliseconds since the client connected; none if it follows the line before at once.</param>
    /// <param name="Event">The event.</param>
    public sealed record Entry(Option<uint> At, TranscriptEvent Event) : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => entry(this);

        /// <inheritdoc/>
        public override string ToString() =>
            At.Match(
                Some: static at =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{TranscriptSyntax.Time}{at / 1000m:0.000} "
                    ),
                None: static () => ""
            ) + Event.ToString();
    }
}
