using System.Globalization;
using TinyTcp.Core.Replies;

namespace TinyTcp.Client;

/// <summary>
/// How a server broke the protocol: a closed union. Lines in it are quoted, escaped (N-2) and cut short, so that
/// they are safe to show.
/// </summary>
public abstract record Breach
{
    private Breach() { }

    /// <summary>What the server did, as the end of a sentence that begins with "it".</summary>
    public abstract string Deed { get; }

    /// <summary>One function for each case; exactly one is called.</summary>
    public T Match<T>(
        Func<NotAReply, T> notAReply,
        Func<WrongReply, T> wrongReply,
        Func<LineTooLong, T> lineTooLong,
        Func<Unasked, T> unasked
    ) => Choose(new Cases<T>(notAReply, wrongReply, lineTooLong, unasked));

    private protected abstract T Choose<T>(Cases<T> cases);

    /// <summary>The line is no reply at all (protocol.md, "Replies").</summary>
    /// <param name="Error">Why.</param>
    /// <param name="Line">The line, quoted.</param>
    /// <param name="Awaited">What was waited for.</param>
    public sealed record NotAReply(ReplyError Error, string Line, Awaited Awaited) : Breach
    {
        /// <inheritdoc/>
        public override string Deed =>
            $"said {Line} where {Awaited} was due"
            // To list all replies would be too much where only one may come.
            + (Awaited == Awaited.Greeting ? "" : $", instead of {Error.Expected}");

        private protected override T Choose<T>(Cases<T> cases) => cases.NotAReply(this);
    }

    /// <summary>A reply, but not one to what was asked; or something else in the greeting's place .</summary>
    /// <param name="Awaited">What was waited for.</param>
    /// <param name="Line">The line, quoted.</param>
    public sealed record WrongReply(Awaited Awaited, string Line) : Breach
    {
        /// <inheritdoc/>
        public override string Deed => $"said {Line} where {Awaited} was due";

        private protected override T Choose<T>(Cases<T> cases) => cases.WrongReply(this);
    }

    /// <summary>A line longer than <see cref="ClientOptions.MaxReplyLine"/>; it was not read any further.</summary>
    /// <param name="Limit">The limit in bytes.</param>
    /// <param name="Start">How the line begins, quoted.</param>
    public sealed record LineTooLong(int Limit, string Start) : Breach
    {
        /// <inheritdoc/>
        public override string Deed =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"sent a line of more than the {Limit} bytes that this client takes, which begins {Start}"
            );

        private protected override T Choose<T>(Cases<T> cases) => cases.LineTooLong(this);
    }

    /// <summary>A line that nobody asked for, and no goodbye either .</summary>
    /// <param name="Line">The line, quoted.</param>
    public sealed record Unasked(string Line) : Breach
    {
        /// <inheritdoc/>
        public override string Deed => $"said {Line} without being asked";

        private protected override T Choose<T>(Cases<T> cases) => cases.Unasked(this);
    }

    private protected sealed record Cases<T>(
        Func<NotAReply, T> NotAReply,
        Func<WrongReply, T> WrongReply,
        Func<LineTooLong, T> LineTooLong,
        Func<Unasked, T> Unasked
    );
}
