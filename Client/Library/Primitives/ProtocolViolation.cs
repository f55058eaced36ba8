using System.Globalization;
using TinyTcp.Core.Replies;

namespace TinyTcp.Client.Primitives;

/// <summary>
/// How a server broke the protocol: a closed union. Lines in it are quoted, escaped (N-2) and cut short, so that
/// they are safe to show.
/// </summary>
public abstract record ProtocolViolation
{
    private ProtocolViolation() { }

    /// <summary>What the server did, as the end of a sentence that begins with "it".</summary>
    public abstract string Description { get; }

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<MalformedReply, T> malformedReply,
        Func<UnexpectedReply, T> unexpectedReply,
        Func<LineTooLong, T> lineTooLong,
        Func<UnsolicitedReply, T> unsolicitedReply
    ) => Dispatch(new Cases<T>(malformedReply, unexpectedReply, lineTooLong, unsolicitedReply));

    private protected abstract T Dispatch<T>(Cases<T> cases);

    /// <summary>The line is no reply at all (protocol.md, "Replies").</summary>
    /// <param name="Error">Why.</param>
    /// <param name="Line">The line, quoted.</param>
    /// <param name="Pending">What was waited for.</param>
    public sealed record MalformedReply(ReplyError Error, string Line, PendingOperation Pending)
        : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description =>
            $"said {Line} where {Pending} was due"
            // To list all replies would be too much where only one may come.
            + (Pending == PendingOperation.Greeting ? "" : $", instead of {Error.Expected}");

        private protected override T Dispatch<T>(Cases<T> cases) => cases.MalformedReply(this);
    }

    /// <summary>A reply, but not one to what was asked; or something else in the greeting's place .</summary>
    /// <param name="Pending">What was waited for.</param>
    /// <param name="Line">The line, quoted.</param>
    public sealed record UnexpectedReply(PendingOperation Pending, string Line) : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description => $"said {Line} where {Pending} was due";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.UnexpectedReply(this);
    }

    /// <summary>A line longer than <c>ClientOptions.MaxReplyLine</c>; it was not read any further.</summary>
    /// <param name="Limit">The limit in bytes.</param>
    /// <param name="Start">How the line begins, quoted.</param>
    public sealed record LineTooLong(int Limit, string Start) : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"sent a line of more than the {Limit} bytes that this client takes, which begins {Start}"
            );

        private protected override T Dispatch<T>(Cases<T> cases) => cases.LineTooLong(this);
    }

    /// <summary>A line that nobody asked for, and no goodbye either .</summary>
    /// <param name="Line">The line, quoted.</param>
    public sealed record UnsolicitedReply(string Line) : ProtocolViolation
    {
        /// <inheritdoc/>
        public override string Description => $"said {Line} without being asked";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.UnsolicitedReply(this);
    }

    private protected sealed record Cases<T>(
        Func<MalformedReply, T> MalformedReply,
        Func<UnexpectedReply, T> UnexpectedReply,
        Func<LineTooLong, T> LineTooLong,
        Func<UnsolicitedReply, T> UnsolicitedReply
    );
}
