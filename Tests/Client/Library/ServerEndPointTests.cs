using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>End points: their text form, and connections to each kind.</summary>
public class ServerEndPointTests
{
    [Theory]
    [InlineData("127.0.0.1:40000")]
    [InlineData("[::1]:40000")]
    [InlineData("tls://example.org:443")]
    [InlineData("unix:/run/tinytcp.sock")]
    public void An_end_point_formats_as_it_was_parsed(string text) =>
        Assert.Equal(text, TestValues.Right(ServerEndPoint.From(text)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:")]
    [InlineData(":40000")]
    [InlineData("tls://localhost")]
    [InlineData("http://localhost:80")]
    [InlineData("unix:")]
    public void An_invalid_end_point_is_an_invalid_argument(string text) =>
        Assert.IsType<ClientError.InvalidArgument>(TestValues.Left(ServerEndPoint.From(text)));

    [Fact]
    public async Task A_Unix_socket_can_be_connected_to()
    {
        var path = Path.Combine(Path.GetTempPath(), $"tinytcp-{Environment.ProcessId}.sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        try
        {
            var serving = ServeAsync(async () =>
                new NetworkStream(await listener.AcceptAsync(), ownsSocket: true)
            );
            Assert.Equal("hello", await SendEchoAsync(Parse($"unix:{path}"), ClientOptions.Default));
            await serving;
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task TLS_connects_with_a_trusted_certificate()
    {
        using var certificate = CreateCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(() => AuthenticateAsync(listener, certificate));

        var options = ClientOptions.Default with
        {
            SslOptions = () => new() { CertificateChainPolicy = Trusting(certificate) },
        };
        Assert.Equal("hello", await SendEchoAsync(EndPointOf(listener), options));
        await serving;
    }

    [Fact]
    public async Task An_untrusted_certificate_is_TlsHandshakeFailed()
    {
        using var certificate = CreateCertificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = AuthenticateAsync(listener, certificate);

        var error = TestValues.Left(await SendEchoAsync(EndPointOf(listener), ClientOptions.Default));
        Assert.IsType<ClientError.TlsHandshakeFailed>(error);
        // The server's handshake may succeed or fail.
        await serving.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_server_without_TLS_is_TlsHandshakeFailed()
    {
        await using var server = ReferenceServer.Start();
        Assert.IsType<ClientError.TlsHandshakeFailed>(
            TestValues.Left(await SendEchoAsync(Parse($"tls://{server.Address}"), ClientOptions.Default))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_during_the_TLS_handshake_is_ConnectionLost(bool reset)
    {
        await using var server = FakeServer.Start(async connection =>
        {
            await connection.ReceiveAsync();
            if (reset)
            {
                connection.Reset();
            }
        });
        var error = TestValues.Left(
            await SendEchoAsync(Parse($"tls://{server.Address}"), ClientOptions.Default)
        );
        Assert.Equal(PendingOperation.Connection, Assert.IsType<ClientError.ConnectionLost>(error).Pending);
    }

    [Fact]
    public void The_TLS_host_is_the_end_points_unless_the_options_set_one()
    {
        Assert.Equal("host", TlsHandshake.WithTargetHost(new(), "host").TargetHost);
        Assert.Equal("given", TlsHandshake.WithTargetHost(new() { TargetHost = "given" }, "host").TargetHost);
    }

    [Fact]
    public void Each_connection_has_its_own_TLS_options() =>
        Assert.NotSame(ClientOptions.Default.SslOptions(), ClientOptions.Default.SslOptions());

    private static async Task<Either<ClientError, string>> SendEchoAsync(
        ServerEndPoint endPoint,
        ClientOptions options
    )
    {
        var connected = await TinyTcpClient.ConnectAsync(endPoint, options);
        if (connected.IsLeft)
        {
            return (ClientError)connected;
        }

        await using var client = (TinyTcpClient)connected;
        return await client.EchoAsync("hello");
    }

    private static ServerEndPoint Parse(string text) => TestValues.Right(ServerEndPoint.From(text));

    private static ServerEndPoint EndPointOf(TcpListener listener) =>
        Parse($"tls://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

    internal static async Task<Stream> AuthenticateAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var secured = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
        await secured.AuthenticateAsServerAsync(certificate);
        return secured;
    }

    /// <summary>Greets and returns each line unchanged.</summary>
    internal static async Task ServeAsync(Func<Task<Stream>> accept)
    {
        await using var stream = await accept();
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { AutoFlush = true, NewLine = "\n" };
        await writer.WriteLineAsync("WELCOME, test");
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(line);
        }
    }

    internal static X509ChainPolicy Trusting(X509Certificate2 certificate) =>
        new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { certificate },
            RevocationMode = X509RevocationMode.NoCheck,
        };

    internal static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var created = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), password: null);
    }
}
