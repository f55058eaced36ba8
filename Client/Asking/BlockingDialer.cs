using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Systems;
using TinyTcp.Systems.Linux;
using TinyTcp.Systems.Portable;

namespace TinyTcp.Cli.Asking;

/// <summary>
/// From a target to a stream on the caller's own thread, within <see cref="ClientOptions.ConnectTimeout"/>, for a program that is
/// over sooner than .NET's sockets have started theirs. Only a name has others ask for its addresses.
/// </summary>
/// <param name="target">Whom to reach.</param>
/// <param name="options">Within which time, on which clock, and how TLS is spoken.</param>
/// <param name="newSystem">Makes a system for one connection, or says why there is none.</param>
/// <param name="cancellationToken">Gives up, also what is later waited for on the stream.</param>
internal sealed class BlockingDialer(
    Target target,
    ClientOptions options,
    Func<Either<IoError, IConnectingSystem>> newSystem,
    CancellationToken cancellationToken
)
{
    // A reply is short mostly, and a long one comes in pieces.
    private const int ReceiveBuffer = 4_096;

    private readonly long since = options.Time.GetTimestamp();

    private TimeSpan Left => options.ConnectTimeout - options.Time.GetElapsedTime(since);

    private ClientError.TimedOut Late => new(Awaited.Connection, options.ConnectTimeout);

    /// <summary>Reaches a target.</summary>
    internal static Either<ClientError, Stream> Dial(
        Target target,
        ClientOptions options,
        CancellationToken cancellationToken
    ) => new BlockingDialer(target, options, NewSystem, cancellationToken).Dial();

    /// <summary>Reaches it.</summary>
    internal Either<ClientError, Stream> Dial() =>
        target.Match(
            tcp: tcp => Resolve(tcp.Server).Bind(found => InTurn(found, tcp.Server.Port)),
            tls: tls =>
                Resolve(tls.Server)
                    .Bind(found => InTurn(found, tls.Server.Port))
                    .Bind(connection => Secure(connection, tls)),
            unix: unix => Call(new UnixDomainSocketEndPoint(unix.Path), Dialer.Share(Left, 1))
        );

    private static Either<IoError, IConnectingSystem> NewSystem() =>
        OperatingSystem.IsLinux()
            ? LinuxSystem
                .CreateGroup(1, [], ReceiveBuffer)
                .Map(static group => (IConnectingSystem)group.Systems[0])
            : PortableSystem
                .CreateGroup(1, [], ReceiveBuffer)
                .Map(static group => (IConnectingSystem)group.Systems[0]);

    private Either<ClientError, IPAddress[]> Resolve(ServerAddress server)
    {
        // An address is its own at once: then no alarm is set.
        var asked = Dialer.ResolveAsync(server, cancellationToken);
        var inTime = asked.IsCompleted
            ? asked
            : Deadline.RunAsync(
                options.ConnectTimeout,
                options.Time,
                Awaited.Connection,
                asked.WaitAsync,
                cancellationToken
            );
        return inTime.GetAwaiter().GetResult();
    }

    /// <summary>Tries addresses until one answers; each has an equal share of the time that is left.</summary>
    /// <returns>What the first gave that answered, or why the last did not.</returns>
    private Either<ClientError, Stream> InTurn(IPAddress[] addresses, int port)
    {
        Either<ClientError, Stream> called = Late;
        for (var turn = 0; turn < addresses.Length && called.IsLeft; turn++)
        {
            called = Call(new IPEndPoint(addresses[turn], port), Dialer.Share(Left, addresses.Length - turn));
        }

        return called;
    }

    private Either<ClientError, Stream> Call(EndPoint endPoint, TimeSpan limit) =>
        newSystem()
            .MapLeft(error => (ClientError)NotConnected(error.SocketError))
            .Bind(system => Call(system, endPoint, limit));

    private Either<ClientError, Stream> Call(IConnectingSystem system, EndPoint endPoint, TimeSpan limit)
    {
        var begun = system.Connect(endPoint);
        if (begun.IsLeft)
        {
            system.Dispose();
            return NotConnected(((IoError)begun).SocketError);
        }

        var connection = new SystemStream(system, (int)begun, options.Time, cancellationToken);
        var error =
            !connection.TryConnect(limit, out var ioError) ? Late
            : ioError.IsSome ? NotConnected(((IoError)ioError).SocketError)
            : system.IsSelfConnected((int)begun) ? new ClientError.ConnectedToSelf(target)
            : Option<ClientError>.None;
        if (error.IsSome)
        {
            connection.Dispose();
            return (ClientError)error;
        }

        return connection;
    }

    private Either<ClientError, Stream> Secure(Stream connection, Target.Tls tls)
    {
        var secured = new SslStream(connection);
        var isKept = false;
        try
        {
            var left = Math.Max(1, (int)Math.Ceiling(Left.TotalMilliseconds));
            (connection.ReadTimeout, connection.WriteTimeout) = (left, left);
            secured.AuthenticateAsClient(TlsOptions.For(tls.Name, options.Tls));
            isKept = true;
            return secured;
        }
        catch (IOException broken) when (Broken.IsLate(broken))
        {
            return Late;
        }
        catch (Exception failed) when (failed is AuthenticationException or IOException)
        {
            return Dialer.NotSecured(tls, failed);
        }
        finally
        {
            if (!isKept)
            {
                secured.Dispose();
            }
        }
    }

    private ClientError.NotConnected NotConnected(SocketError reason) => new(target, reason);
}
