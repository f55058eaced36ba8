using System.Globalization;
using System.Net.Sockets;
using LanguageExt;

namespace TinyTcp.Client.Primitives;

/// <content>What can go wrong between client and server, without either of them saying a word too many.</content>
public abstract partial record ClientError
{
    /// <summary>The host has no address.</summary>
    /// <param name="Server">The server that was to be reached.</param>
    /// <param name="Reason">What the resolver said.</param>
    public sealed record NameResolutionFailed(HostPort Server, SocketError Reason) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "NAME_RESOLUTION_FAILED";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Network;

        /// <inheritdoc/>
        public override string Message =>
            $"No address was found for the host {Quote.Of(Server.Host)} ({MessageOf(Reason)}): check its name, or give "
            + "an IP address.";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.NameResolutionFailed(this);
    }

    /// <summary>No connection came about: nobody listens there, or there is no way to it.</summary>
    /// <param name="EndPoint">What was to be reached.</param>
    /// <param name="Reason">What the system said of the last address that was tried.</param>
    public sealed record ConnectFailed(ServerEndPoint EndPoint, SocketError Reason) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "CONNECT_FAILED";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Network;

        /// <inheritdoc/>
        public override string Message =>
            (Reason, EndPoint) switch
            {
                (SocketError.ConnectionRefused, ServerEndPoint.Unix) =>
                    $"Nothing listens on {QuotedEndPoint}: start a server there, or check the path.",
                (SocketError.ConnectionRefused, _) =>
                    $"Nothing listens on {QuotedEndPoint}: start a server there, or check host and port.",
                // So .NET calls it.
                (SocketError.AddressNotAvailable, ServerEndPoint.Unix) =>
                    $"There is no {QuotedEndPoint}: start a server there, or check the path.",
                (SocketError.TooManyOpenSockets, _) =>
                    $"{QuotedEndPoint} cannot be called, as too many files are open: let this program open more (ulimit -n).",
                (_, ServerEndPoint.Unix) =>
                    $"{QuotedEndPoint} cannot be reached ({MessageOf(Reason)}): check that it is a socket, and that you may use it.",
                _ =>
                    $"{QuotedEndPoint} cannot be reached ({MessageOf(Reason)}): check host, port and network.",
            };

        private string QuotedEndPoint => Quote.Of(EndPoint.ToString());

        private protected override T Dispatch<T>(Cases<T> cases) => cases.ConnectFailed(this);
    }

    /// <summary>No TLS connection that can be trusted came about.</summary>
    /// <param name="EndPoint">What was to be reached.</param>
    /// <param name="Reason">What was wrong, in the words of the system.</param>
    public sealed record TlsHandshakeFailed(ServerEndPoint EndPoint, string Reason) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "TLS_HANDSHAKE_FAILED";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Network;

        /// <inheritdoc/>
        public override string Message =>
            $"{Quote.Of(EndPoint.ToString())} gave no TLS connection that can be trusted ({Reason}): check that it "
            + "speaks TLS, its certificate, and which ones this machine trusts.";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.TlsHandshakeFailed(this);
    }

    /// <summary>The connection ended half way, and the server did not say why.</summary>
    /// <param name="Pending">What was waited for.</param>
    /// <param name="Detail">How it ended, such as <c>the server closed it</c>.</param>
    /// <param name="PartialLine">The unfinished line that had come, quoted; empty where there was none.</param>
    public sealed record ConnectionLost(PendingOperation Pending, string Detail, string PartialLine)
        : ClientError
    {
        /// <summary>The server; none of a stream that was attached.</summary>
        public Option<ServerEndPoint> Server { get; init; }

        /// <inheritdoc/>
        public override string Code => "CONNECTION_LOST";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Network;

        /// <inheritdoc/>
        public override string Message =>
            $"The connection was lost while the client waited for {Pending} ({Detail}"
            + (PartialLine.Length == 0 ? "" : $" after the unfinished line {PartialLine}")
            + "): try again, or ask whoever runs the server.";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.ConnectionLost(this);
    }

    /// <summary>Nothing came in time.</summary>
    /// <param name="Pending">What was waited for.</param>
    /// <param name="Timeout">How long.</param>
    public sealed record TimedOut(PendingOperation Pending, TimeSpan Timeout) : ClientError
    {
        /// <summary>The server; none of a stream that was attached.</summary>
        public Option<ServerEndPoint> Server { get; init; }

        /// <inheritdoc/>
        public override string Code => "TIMED_OUT";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Timeout;

        /// <inheritdoc/>
        public override string Message =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"The client waited {Timeout.TotalSeconds} s in vain for {Pending}: try again, allow more time, or "
            ) + "check that a TinyTCP server is there.";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.TimedOut(this);
    }

    /// <summary>
    /// Both ends of the connection are the client's own: on Linux a client that calls a port from which the system
    /// also picks its own can meet itself where nobody listens, and would read back its own requests.
    /// </summary>
    /// <param name="EndPoint">What was to be reached.</param>
    public sealed record ConnectedToSelf(ServerEndPoint EndPoint) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "CONNECTED_TO_SELF";

        /// <inheritdoc/>
        public override ErrorSource Source => ErrorSource.Self;

        /// <inheritdoc/>
        public override string Message =>
            $"The client connected to itself, because nothing listens on {Quote.Of(EndPoint.ToString())} and the "
            + "system picked that port for the client: start a server there, or check host and port.";

        private protected override T Dispatch<T>(Cases<T> cases) => cases.ConnectedToSelf(this);
    }

    private static string MessageOf(SocketError error) => new SocketException((int)error).Message;
}
