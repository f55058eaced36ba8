using TinyTcp.Core.Errors;

namespace TinyTcp.Client.Primitives;

/// <content>What a server did or said.</content>
public abstract partial record ClientError
{
    /// <summary>The server broke the protocol. Whatever else it says cannot be trusted.</summary>
    /// <param name="Violation">How.</param>
    public sealed record ProtocolError(ProtocolViolation Violation) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "PROTOCOL_ERROR";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Server;

        /// <inheritdoc/>
        public override string Message =>
            $"The server broke the protocol, as it {Violation.Description}: check that it is a TinyTCP server.";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.ProtocolError(this);
    }

    /// <summary>
    /// The server answered by an error that answers a request, or by a word that this version does not know.
    /// The conversation goes on.
    /// </summary>
    /// <param name="Pending">What was waited for.</param>
    /// <param name="Error">The error, or none for an unknown word.</param>
    /// <param name="Word">The word, quoted.</param>
    public sealed record ErrorReply(
        PendingOperation Pending,
        LanguageExt.Option<ErrorCode> Error,
        string Word
    ) : ClientError
    {
        /// <inheritdoc/>
        public override string Code =>
            Error.Match(Some: static error => error.Name, None: static () => "ERROR_REPLY");

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Server;

        /// <inheritdoc/>
        public override string Message =>
            $"The server said the error {Word} instead of {Pending}: {Advice(Error)}";

        /// <inheritdoc/>
        public override bool EndsConnection => false;

        private protected override T Dispatch<T>(Cases<T> cases) => cases.ErrorReply(this);
    }

    /// <summary>The server said goodbye, perhaps by a word that this version does not know .</summary>
    /// <param name="Error">Its last word, or none for an unknown one.</param>
    /// <param name="Word">The word, quoted.</param>
    public sealed record Goodbye(LanguageExt.Option<ErrorCode> Error, string Word) : ClientError
    {
        /// <summary>A goodbye by a word that is known.</summary>
        /// <param name="error">The word.</param>
        public Goodbye(ErrorCode error)
            : this(error, Quote.Of(error.Word.Bytes)) { }

        /// <inheritdoc/>
        public override string Code =>
            Error.Match(Some: static error => error.Name, None: static () => "GOODBYE");

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Server;

        /// <inheritdoc/>
        public override string Message =>
            $"The server ended the conversation with {Error.Map(static error => error.Name).IfNone(Word)}: "
            + Advice(Error);

        private protected override T Dispatch<T>(Cases<T> cases) => cases.Goodbye(this);
    }

    private static string Advice(LanguageExt.Option<ErrorCode> error) =>
        error.Match(
            Some: static known => $"{known.Description} {known.Advice}",
            None: static () => "this client does not know that word; ask whoever runs the server."
        );
}
