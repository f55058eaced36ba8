using System.Globalization;
using System.Net.Sockets;

namespace TinyTcp.Client;

/// <content>What can go wrong between client and server, without either of them saying a word too many.</content>
public abstract partial record ClientError
{
    /// <summary>The host has no address.</summary>
    /// <param name="Server">The server that was to be reached.</param>
    /// <param name="Reason">What the resolver said.</param>
    public sealed record NotResolved(ServerAddress Server, SocketError Reason) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "NOT_RESOLVED";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Network;

        /// <inheritdoc/>
        public override string Sentence =>
            $"No address was found for the host {Quote.Of(Server.Host)} ({Words(Reason)}): check its name, or give "
            + "an IP address.";

        private protected override T Choose<T>(Cases<T> cases) => cases.NotResolved(this);
    }

    /// <summary>No connection came about: nobody listens there, or there is no way to it.</summary>
    /// <param name="Target">What was to be reached.</param>
    /// <param name="Reason">What the system said of the last address that was tried.</param>
    public sealed record NotConnected(Target Target, SocketError Reason) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "NOT_CONNECTED";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Network;

        /// <inheritdoc/>
        public override string Sentence =>
            (Reason, Target) switch
            {
                (SocketError.ConnectionRefused, Target.Unix) =>
                    $"Nothing listens on {Name}: start a server there, or check the path.",
                (SocketError.ConnectionRefused, _) =>
                    $"Nothing listens on {Name}: start a server there, or check host and port.",
                // So .NET calls it.
                (SocketError.AddressNotAvailable, Target.Unix) =>
                    $"There is no {Name}: start a server there, or check the path.",
                (SocketError.TooManyOpenSockets, _) =>
                    $"{Name} cannot be called, as too many files are open: let this program open more (ulimit -n).",
                (_, Target.Unix) =>
                    $"{Name} cannot be reached ({Words(Reason)}): check that it is a socket, and that you may use it.",
                _ => $"{Name} cannot be reached ({Words(Reason)}): check host, port and network.",
            };

        private string Name => Quote.Of(Target.ToString());

        private protected override T Choose<T>(Cases<T> cases) => cases.NotConnected(this);
    }

    /// <summary>No TLS connection that can be trusted came about.</summary>
    /// <param name="Target">What was to be reached.</param>
    /// <param name="Reason">What was wrong, in the words of the system.</param>
    public sealed record NotTrusted(Target Target, string Reason) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "NOT_TRUSTED";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Network;

        /// <inheritdoc/>
        public override string Sentence =>
            $"{Quote.Of(Target.ToString())} gave no TLS connection that can be trusted ({Reason}): check that it "
            + "speaks TLS, its certificate, and which ones this machine trusts.";

        private protected override T Choose<T>(Cases<T> cases) => cases.NotTrusted(this);
    }

    /// <summary>The connection ended half way, and the server did not say why.</summary>
    /// <param name="Awaited">What was waited for.</param>
    /// <param name="How">How it ended, such as <c>the server closed it</c>.</param>
    /// <param name="Begun">The unfinished line that had come, quoted; empty where there was none.</param>
    public sealed record Lost(Awaited Awaited, string How, string Begun) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "LOST";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Network;

        /// <inheritdoc/>
        public override string Sentence =>
            $"The connection was lost while the client waited for {Awaited} ({How}"
            + (Begun.Length == 0 ? "" : $" after the unfinished line {Begun}")
            + "): try again, or ask whoever runs the server.";

        private protected override T Choose<T>(Cases<T> cases) => cases.Lost(this);
    }

    /// <summary>Nothing came in time.</summary>
    /// <param name="Awaited">What was waited for.</param>
    /// <param name="After">How long.</param>
    public sealed record TimedOut(Awaited Awaited, TimeSpan After) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "TIMED_OUT";

        /// <inheritdoc/>
        public override Fault Fault => Fault.TimeOut;

        /// <inheritdoc/>
        public override string Sentence =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"The client waited {After.TotalSeconds} s in vain for {Awaited}: try again, allow more time, or "
            ) + "check that a TinyTCP server is there.";

        private protected override T Choose<T>(Cases<T> cases) => cases.TimedOut(this);
    }

    /// <summary>
    /// Both ends of the connection are the client's own: on Linux a client that calls a port from which the system
    /// also picks its own can meet itself where nobody listens, and would read back its own requests.
    /// </summary>
    /// <param name="Target">What was to be reached.</param>
    public sealed record ConnectedToSelf(Target Target) : ClientError
    {
        /// <inheritdoc/>
        public override string Code => "CONNECTED_TO_SELF";

        /// <inheritdoc/>
        public override Fault Fault => Fault.Self;

        /// <inheritdoc/>
        public override string Sentence =>
            $"The client connected to itself, because nothing listens on {Quote.Of(Target.ToString())} and the "
            + "system picked that port for the client: start a server there, or check host and port.";

        private protected override T Choose<T>(Cases<T> cases) => cases.ConnectedToSelf(this);
    }

    private static string Words(SocketError error) => new SocketException((int)error).Message;
}
