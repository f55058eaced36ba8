using System.Globalization;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Client.Primitives;

/// <content>Errors between the client and the server.</content>
public abstract partial record ClientError
{
    /// <summary>The host name has no address.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Reason">The resolver's error.</param>
    public sealed record NameResolutionFailed(HostPort Server, SocketError Reason) : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.NameResolutionFailed;

        /// <inheritdoc/>
        public override string Message =>
            $"Cannot resolve host {Quote.Of(Server.Host)} ({MessageOf(Reason)}). Check the name, or use an IP address.";
    }

    /// <summary>The system refused or failed to connect.</summary>
    /// <param name="EndPoint">The server.</param>
    /// <param name="Reason">The system's error for the last address that failed.</param>
    public sealed record ConnectFailed(ServerEndPoint EndPoint, SocketError Reason) : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.ConnectFailed;

        /// <inheritdoc/>
        public override string Message => $"Cannot connect to {Show(EndPoint)}{Details}";

        private string Details =>
            (Reason, EndPoint) switch
            {
                (SocketError.ConnectionRefused, ServerEndPoint.Unix) =>
                    ": connection refused. Is a server running there? Check the path.",
                (SocketError.ConnectionRefused, _) =>
                    ": connection refused. Is a server running there? Check host and port.",
                // .NET's name for ENOENT here.
                (SocketError.AddressNotAvailable, ServerEndPoint.Unix) =>
                    ": no such socket. Is a server running there? Check the path.",
                (SocketError.AddressNotAvailable, _) =>
                    $": no local port or address is free for it ({MessageOf(Reason)}). Closed connections keep their ports for a minute: wait, or use fewer connections.",
                (SocketError.NoBufferSpaceAvailable, _) =>
                    $" ({MessageOf(Reason)}). The system has no memory or no epoll watch for the socket: close other programs, or raise fs.epoll.max_user_watches.",
                (SocketError.TooManyOpenSockets, _) => ": too many open files. Raise the limit (ulimit -n).",
                (_, ServerEndPoint.Unix) =>
                    $" ({MessageOf(Reason)}). Check that it is a socket, and its permissions.",
                _ => $" ({MessageOf(Reason)}). Check host, port and network.",
            };
    }

    /// <summary>The TLS handshake failed, or the certificate is not trusted.</summary>
    /// <param name="EndPoint">The server.</param>
    /// <param name="Reason">The system's message.</param>
    public sealed record TlsHandshakeFailed(ServerEndPoint EndPoint, string Reason) : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.TlsHandshakeFailed;

        /// <inheritdoc/>
        public override string Message =>
            $"TLS handshake with {Show(EndPoint)} failed ({Reason}). Check that the server speaks TLS, and that this "
            + "machine trusts its certificate.";
    }

    /// <summary>
    /// Both ends of the connection are the client's own socket. On Linux this happens when nothing listens on the port and the
    /// system chooses that port for the client.
    /// </summary>
    /// <param name="EndPoint">The server.</param>
    public sealed record ConnectedToSelf(ServerEndPoint EndPoint) : ClientError
    {
        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.ConnectedToSelf;

        /// <inheritdoc/>
        public override string Message =>
            $"Connected to itself at {Show(EndPoint)}: no server listens there. Is a server running? Check host and port.";
    }

    /// <summary>The connection ended before a reply was complete.</summary>
    /// <param name="Pending">What the client waited for.</param>
    /// <param name="Detail">How it ended, such as <c>closed by the server</c>.</param>
    /// <param name="PartialLine">The incomplete line that was received, quoted; empty if there was none.</param>
    public sealed record ConnectionLost(PendingOperation Pending, string Detail, string PartialLine)
        : ClientError
    {
        /// <summary>The server; none of a stream that was attached.</summary>
        public Option<ServerEndPoint> Server { get; init; }

        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.ConnectionLost;

        /// <inheritdoc/>
        public override string Message =>
            $"Connection {ShowServer(Server, "to ")}lost while waiting for {Pending} ({Detail}"
            + (PartialLine.Length == 0 ? "" : $" after the partial line {PartialLine}")
            + "). Try again.";
    }

    /// <summary>Nothing was received in time.</summary>
    /// <param name="Pending">What the client waited for.</param>
    /// <param name="Timeout">For how long.</param>
    public sealed record TimedOut(PendingOperation Pending, TimeSpan Timeout) : ClientError
    {
        /// <summary>The server; none of a stream that was attached.</summary>
        public Option<ServerEndPoint> Server { get; init; }

        /// <inheritdoc/>
        public override ClientErrorKind Kind => ClientErrorKind.TimedOut;

        /// <inheritdoc/>
        public override string Message =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"Timed out after {Timeout.TotalSeconds} s {ShowServer(Server, "at ")}waiting for {Pending}. "
            ) + "Is a TinyTCP server running there? Allow more time if it is slow.";
    }

    private static string Show(ServerEndPoint endPoint) => Quote.Of(endPoint.ToString());

    private static string ShowServer(Option<ServerEndPoint> server, string preposition = "") =>
        server.Match(Some: known => $"{preposition}{Show(known)} ", None: static () => "");

    private static string MessageOf(SocketError error) => new SocketException((int)error).Message;
}
