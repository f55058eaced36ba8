using System;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>What the host of a <see cref="TranscriptPlayer"/> does next: a closed union.</summary>
public abstract record PlayerStep
{
    private PlayerStep() { }

    /// <summary>Calls one function: the one of the step's case.</summary>
    public abstract T Match<T>(
        Func<Connect, T> connect,
        Func<Send, T> send,
        Func<Finish, T> finish,
        Func<Receive, T> receive
    );

    /// <summary>Connect, in place of a connection that is still open.</summary>
    /// <param name="Peer">The server, as the transcript names it.</param>
    public sealed record Connect(TranscriptPeer Peer) : PlayerStep
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Connect, T> connect,
            Func<Send, T> send,
            Func<Finish, T> finish,
            Func<Receive, T> receive
        ) => connect(this);
    }

    /// <summary>Send bytes.</summary>
    /// <param name="Time">Not before this time.</param>
    /// <param name="Bytes">The bytes.</param>
    public sealed record Send(Option<TranscriptTime> Time, ByteString Bytes) : PlayerStep
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Connect, T> connect,
            Func<Send, T> send,
            Func<Finish, T> finish,
            Func<Receive, T> receive
        ) => send(this);
    }

    /// <summary>Finish sending, and go on reading.</summary>
    /// <param name="Time">Not before this time.</param>
    public sealed record Finish(Option<TranscriptTime> Time) : PlayerStep
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Connect, T> connect,
            Func<Send, T> send,
            Func<Finish, T> finish,
            Func<Receive, T> receive
        ) => finish(this);
    }

    /// <summary>Receive a line, or find that none comes.</summary>
    /// <param name="Time">The time by which it has arrived.</param>
    /// <param name="Wait">How long to wait for it if it has no time.</param>
    public sealed record Receive(Option<TranscriptTime> Time, PlayerWait Wait) : PlayerStep
    {
        /// <inheritdoc/>
        public override T Match<T>(
            Func<Connect, T> connect,
            Func<Send, T> send,
            Func<Finish, T> finish,
            Func<Receive, T> receive
        ) => receive(this);
    }
}
