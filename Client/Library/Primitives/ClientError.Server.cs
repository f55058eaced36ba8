using LanguageExt;
using TinyTcp.Core.Errors;

namespace TinyTcp.Client.Primitives;

/// <content>Errors of the server.</content>
public abstract partial record ClientError
{
    /// <summary>The server violated the protocol, so nothing else that it sends can be trusted.</summary>
    /// <param name="Violation">How.</param>
    public sealed record ProtocolError(ProtocolViolation Violation) : ClientError
    {
        /// <summary>The server; none of a stream that was attached.</summary>
        public Option<ServerEndPoint> Server { get; init; }

        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.ProtocolError;

        /// <inheritdoc/>
        public override string Message =>
            $"Protocol violation: the server {ShowServer(Server)}{Violation.Description}. Check that it is a TinyTCP server.";
    }

    /// <summary>An error reply that does not end the connection; its word may be unknown to this version .</summary>
    /// <param name="Pending">The request.</param>
    /// <param name="Error">The error; none if its word is unknown.</param>
    /// <param name="Word">The word, quoted.</param>
    public sealed record ErrorReply(PendingOperation Pending, Option<ErrorCode> Error, string Word)
        : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.ErrorReply;

        /// <inheritdoc/>
        public override string Code => Error.Map(static error => error.Name).IfNone(base.Code);

        /// <inheritdoc/>
        public override string Message => $"Error {Word} as {Pending}. {Advice(Error)}";
    }

    /// <summary>A goodbye: an error that ends the connection; its word may be unknown to this version .</summary>
    /// <param name="Error">The error; none if its word is unknown.</param>
    /// <param name="Word">The word, quoted.</param>
    public sealed record Goodbye(Option<ErrorCode> Error, string Word) : ClientError
    {
        /// <summary>A goodbye with a known word.</summary>
        /// <param name="error">The error.</param>
        public Goodbye(ErrorCode error)
            : this(error, Quote.Of(error.Word.Bytes)) { }

        /// <summary>The server; none of a stream that was attached.</summary>
        public Option<ServerEndPoint> Server { get; init; }

        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.Goodbye;

        /// <inheritdoc/>
        public override string Code => Error.Map(static error => error.Name).IfNone(base.Code);

        /// <inheritdoc/>
        public override string Message =>
            $"The server {ShowServer(Server)}closed the connection with error "
            + $"{Error.Map(static error => error.Name).IfNone(Word)}. {Advice(Error)}";
    }

    private static string Advice(Option<ErrorCode> error) =>
        error.Match(
            Some: static known => $"{known.Description} {known.Advice}",
            None: static () =>
                "This version of the client does not know the error. Ask the server's operator."
        );
}
