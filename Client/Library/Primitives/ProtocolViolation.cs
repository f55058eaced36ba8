using System.Globalization;
using TinyTcp.Core.Replies;

namespace TinyTcp.Client.Primitives;

/// <summary>
/// How a server violated the protocol: a closed union. Lines in it are quoted, escaped (N-2) and truncated, so they are safe to
/// print.
/// </summary>
public abstract record ProtocolViolation
{
    private ProtocolViolation() { }

    /// <summary>What the server did; the end of a sentence that begins with "the server".</summary>
    public abstract string Description { get; }

    private static string SentInsteadOf(string line, PendingOperation pending) =>
        pending == PendingOperation.Request
            ? $"sent {line} without a request"
            : $"sent {line} instead of {pending}";

    /// <summary>A line that is not a reply (protocol.md, "Replies").</summary>
    /// <param name="Error">Why it is not.</param>
    /// <param name="Line">The line, quoted.</param>
    /// <param name="Pending">What the client waited for.</param>
    public sealed record MalformedReply(ReplyError Error, string Line, PendingOperation Pending)
        : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description =>
            SentInsteadOf(Line, Pending)
            // The list of all replies would not help for the greeting, which is one of them.
            + (Pending == PendingOperation.Greeting ? "" : $"; expected {Error.Expected}");
    }

    /// <summary>A reply that does not match the request, or is not the greeting .</summary>
    /// <param name="Pending">What the client waited for.</param>
    /// <param name="Line">The line, quoted.</param>
    public sealed record UnexpectedReply(PendingOperation Pending, string Line) : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description => SentInsteadOf(Line, Pending);
    }

    /// <summary>A line longer than <c>ClientOptions.MaxReplyLine</c>. The client stopped reading there.</summary>
    /// <param name="Limit">The limit in bytes.</param>
    /// <param name="Start">The start of the line, quoted.</param>
    public sealed record LineTooLong(int Limit, string Start) : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"sent a line longer than {Limit} bytes, starting with {Start}"
            );
    }

    /// <summary>A line without a request that is not a goodbye .</summary>
    /// <param name="Line">The line, quoted.</param>
    public sealed record UnsolicitedReply(string Line) : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description => $"sent {Line} without a request";
    }
}
