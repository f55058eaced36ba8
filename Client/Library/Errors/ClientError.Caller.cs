namespace TinyTcp.Client;

/// <summary>How a conversation came to its end on the client's side.</summary>
public enum EndedBy
{
    /// <summary>QUIT was answered.</summary>
    Quit,

    /// <summary>The client was disposed.</summary>
    Disposal,

    /// <summary>An observer threw: a function of the options, or the stream that was given.</summary>
    Observer,
}

/// <content>The caller's faults.</content>
public abstract partial record ClientError
{
    /// <summary>An argument that cannot be used: nothing of it reached the server. The conversation goes on.</summary>
    /// <param name="What">Which argument, such as <c>port</c>.</param>
    /// <param name="Given">What was given; not escaped.</param>
    /// <param name="Needed">What to give instead.</param>
    public sealed record BadArgument(string What, string Given, string Needed) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "BAD_ARGUMENT";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Caller;

        /// <inheritdoc/>
        public override string Sentence => $"The {What} is {Quote.Of(Given)}: give {Needed}.";

        /// <inheritdoc/>
        public override bool EndsConversation => false;

        private protected override T Choose<T>(Cases<T> cases) => cases.BadArgument(this);
    }

    /// <summary>
    /// A call after the conversation's end: nothing of it reached the server. A request under way that the client itself cut
    /// short gets it as well, and may have reached the server.
    /// </summary>
    /// <param name="By">What ended it.</param>
    public sealed record Over(EndedBy By) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "OVER";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Caller;

        /// <inheritdoc/>
        public override string Sentence =>
            By switch
            {
                EndedBy.Quit => "The conversation is over, because QUIT was answered: connect again.",
                EndedBy.Disposal =>
                    "The conversation is over, because the client was disposed: connect again.",
                _ =>
                    "The conversation is over, because an observer or the stream itself threw: connect again.",
            };

        private protected override T Choose<T>(Cases<T> cases) => cases.Over(this);
    }
}
