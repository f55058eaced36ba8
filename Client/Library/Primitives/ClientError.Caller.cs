namespace TinyTcp.Client.Primitives;

/// <summary>How a conversation came to its end on the client's side.</summary>
public enum ClosedBy
{
    /// <summary>QUIT was answered.</summary>
    Quit,

    /// <summary>The client was disposed.</summary>
    Disposal,

    /// <summary>An observer threw: a function of the options, or the stream that was given.</summary>
    Callback,
}

/// <content>The caller's faults.</content>
public abstract partial record ClientError
{
    /// <summary>An argument that cannot be used: nothing of it reached the server. The conversation goes on.</summary>
    /// <param name="Name">Which argument, such as <c>port</c>.</param>
    /// <param name="Value">What was given; not escaped.</param>
    /// <param name="Expected">What to give instead.</param>
    public sealed record InvalidArgument(string Name, string Value, string Expected) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "INVALID_ARGUMENT";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Caller;

        /// <inheritdoc/>
        public override string Message => $"The {Name} is {Quote.Of(Value)}: give {Expected}.";

        /// <inheritdoc/>
        public override bool EndsConnection => false;

        private protected override T Dispatch<T>(Cases<T> cases) => cases.InvalidArgument(this);
    }

    /// <summary>
    /// A call after the conversation's end: nothing of it reached the server. A request under way that the client itself cut
    /// short gets it as well, and may have reached the server.
    /// </summary>
    /// <param name="By">What ended it.</param>
    public sealed record ClientClosed(ClosedBy By) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "CLIENT_CLOSED";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Caller;

        /// <inheritdoc/>
        public override string Message =>
            By switch
            {
                ClosedBy.Quit => "The conversation is over, because QUIT was answered: connect again.",
                ClosedBy.Disposal =>
                    "The conversation is over, because the client was disposed: connect again.",
                ClosedBy.Callback =>
                    "The conversation is over, because an observer or the stream itself threw: connect again.",
            };

        private protected override T Dispatch<T>(Cases<T> cases) => cases.ClientClosed(this);
    }
}
