namespace TinyTcp.Client.Primitives;

/// <content>Errors of the caller. Nothing was sent.</content>
public abstract partial record ClientError
{
    /// <summary>An invalid argument. The connection stays open.</summary>
    /// <param name="Name">The argument, such as <c>port</c>.</param>
    /// <param name="Value">Its value, not escaped.</param>
    /// <param name="Expected">What is valid.</param>
    public sealed record InvalidArgument(string Name, string Value, string Expected) : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.InvalidArgument;

        /// <inheritdoc/>
        public override string Message => $"Invalid {Name} {Quote.Of(Value)}. Expected: {Expected}.";
    }

    /// <summary>
    /// The client closed the connection before the call. A request that was pending when the client was disposed gets this
    /// error, too, and may have been sent.
    /// </summary>
    /// <param name="By">What closed it.</param>
    public sealed record ClientClosed(ClosedBy By) : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.ClientClosed;

        /// <inheritdoc/>
        public override string Message =>
            By switch
            {
                ClosedBy.Quit => "The connection was closed by QUIT. Connect again.",
                ClosedBy.Disposal => "The client is disposed. Create a new one.",
                ClosedBy.Callback =>
                    "The connection was closed because a callback threw an exception. Connect again.",
            };
    }
}
