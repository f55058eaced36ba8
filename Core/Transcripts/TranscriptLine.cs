using System;
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
        Func<Field, T> field,
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
            Func<Field, T> field,
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
            Func<Field, T> field,
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

    /// <summary>A fact about the whole transcript, such as a limit of its server. Before the first CONNECT.</summary>
    /// <param name="Name">What it is about.</param>
    /// <param name="Value">The value.</param>
    public sealed record Field(FieldName Name, LineText Value) : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Field, T> field,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => field(this);

        /// <inheritdoc/>
        public override string ToString() => $"{Name}{TranscriptSyntax.FieldEnd} {Value}";

        /// <summary>The column of the value, from 1.</summary>
        internal int ValueColumn => $"{Name}{TranscriptSyntax.FieldEnd} ".Length + 1;
    }

    /// <summary>The client connects: a new conversation begins, and its clock starts at zero.</summary>
    /// <param name="Peer">The server.</param>
    public sealed record Connect(TranscriptPeer Peer) : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Field, T> field,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => connect(this);

        /// <inheritdoc/>
        public override string ToString() => $"{TranscriptSyntax.Connect}{Peer}";
    }

    /// <summary>An event of the conversation.</summary>
    /// <param name="Time">When; none if it follows the line before at once.</param>
    /// <param name="Event">The event.</param>
    public sealed record Entry(Option<TranscriptTime> Time, TranscriptEvent Event) : TranscriptLine
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<T> blank,
            Func<Comment, T> comment,
            Func<Field, T> field,
            Func<Connect, T> connect,
            Func<Entry, T> entry
        ) => entry(this);

        /// <summary>The time since the client connected.</summary>
        /// <param name="previous">That of the line before.</param>
        internal TimeSpan SinceConnect(TimeSpan previous) =>
            Time.Match(Some: time => time.SinceConnect(previous), None: () => previous);

        /// <inheritdoc/>
        public override string ToString() =>
            Time.Match(Some: static time => $"{time} ", None: static () => "") + Event.ToString();
    }
}
