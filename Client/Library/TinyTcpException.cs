using TinyTcp.Client.Primitives;

namespace TinyTcp.Client;

/// <summary>A <see cref="ClientError"/> as an exception, thrown by <see cref="ClientResultExtensions"/> only.</summary>
public sealed class TinyTcpException : IOException
{
    /// <param name="error">The error.</param>
    internal TinyTcpException(ClientError error)
        : base(error.Message) => Error = error;

    /// <summary>The error.</summary>
    public ClientError Error { get; }
}
