using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LanguageExt;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>How a server can be reached: written, read, and tried over real sockets.</summary>
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
            var target = TestValues.Right(ServerEndPoint.From($"unix:{path}"));
            Assert.Equal("ECHO hello", await SendEchoAsync(target, ClientOptions.Default));
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
        Assert.Equal("ECHO hello", await SendEchoAsync(EndPointOf(listener), options));
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
        // The server may have thought that all was well.
        await serving.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_server_without_TLS_is_TlsHandshakeFailed()
    {
        await using var server = ReferenceServer.Start();
        var target = TestValues.Right(ServerEndPoint.From($"tls://{server.Address}"));
        Assert.IsType<ClientError.TlsHandshakeFailed>(
            TestValues.Left(await SendEchoAsync(target, ClientOptions.Default))
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_close_during_the_TLS_handshake_is_ConnectionLost(bool reset)
    {
        await using var server = FakeServer.Start(async caller =>
        {
            await caller.ReceiveAsync();
            if (reset)
            {
                caller.Reset();
            }
        });
        var target = TestValues.Right(ServerEndPoint.From($"tls://{server.Address}"));
        var error = TestValues.Left(await SendEchoAsync(target, ClientOptions.Default));
        Assert.Equal(PendingOperation.Connection, Assert.IsType<ClientError.ConnectionLost>(error).Pending);
    }

    private static Task<Either<ClientError, string>> SendEchoAsync(
        ServerEndPoint endPoint,
        ClientOptions options
    ) => OneRequest.SendAsync(endPoint, options, "ECHO hello"u8.ToArray());

    private static ServerEndPoint EndPointOf(TcpListener listener) =>
        TestValues.Right(ServerEndPoint.From($"tls://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

    internal static async Task<Stream> AuthenticateAsync(TcpListener listener, X509Certificate2 certificate)
    {
        var secured = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
        await secured.AuthenticateAsServerAsync(certificate);
        return secured;
    }

    /// <summary>Greets, and gives each line back until there are no more.</summary>
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

    private static X509ChainPolicy Trusting(X509Certificate2 certificate) =>
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
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
