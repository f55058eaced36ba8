using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>How a server can be reached: written, read, and tried over real sockets.</summary>
public class TargetTests
{
    [Theory]
    [InlineData("127.0.0.1:40000")]
    [InlineData("[::1]:40000")]
    [InlineData("tls://example.org:443")]
    [InlineData("unix:/run/tinytcp.sock")]
    public void A_target_is_written_as_it_is_read(string written) =>
        Assert.Equal(written, TestValues.Right(Target.From(written)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:")]
    [InlineData(":40000")]
    [InlineData("tls://localhost")]
    [InlineData("http://localhost:80")]
    [InlineData("unix:")]
    public void Anything_else_is_the_callers_fault(string written) =>
        Assert.IsType<ClientError.BadArgument>(TestValues.Left(Target.From(written)));

    [Fact]
    public async Task A_socket_in_the_file_system()
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
            var target = TestValues.Right(Target.From($"unix:{path}"));
            Assert.Equal("ECHO hello", await AskAsync(target, ClientOptions.Default));
            await serving;
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task TLS_with_a_certificate_that_is_trusted()
    {
        using var certificate = Certificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServeAsync(() => SecureAsync(listener, certificate));

        var options = ClientOptions.Default with
        {
            Tls = () => new() { CertificateChainPolicy = Trusting(certificate) },
        };
        Assert.Equal("ECHO hello", await AskAsync(At(listener), options));
        await serving;
    }

    [Fact]
    public async Task TLS_with_a_certificate_that_nobody_vouches_for_is_no_connection()
    {
        using var certificate = Certificate();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = SecureAsync(listener, certificate);

        var error = TestValues.Left(await AskAsync(At(listener), ClientOptions.Default));
        Assert.IsType<ClientError.NotTrusted>(error);
        // The server may have thought that all was well.
        await serving.ContinueWith(static _ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_server_that_does_not_speak_TLS_is_no_connection()
    {
        await using var server = Truthful.Server();
        var target = TestValues.Right(Target.From($"tls://{server.Address}"));
        Assert.IsType<ClientError.NotTrusted>(TestValues.Left(await AskAsync(target, ClientOptions.Default)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handshake_that_is_broken_off_is_a_connection_that_is_lost(bool reset)
    {
        await using var server = Peer.Playing(async caller =>
        {
            await caller.ReceiveAsync();
            if (reset)
            {
                caller.Reset();
            }
        });
        var target = TestValues.Right(Target.From($"tls://{server.Address}"));
        var error = TestValues.Left(await AskAsync(target, ClientOptions.Default));
        Assert.Equal(Awaited.Connection, Assert.IsType<ClientError.Lost>(error).Awaited);
    }

    private static Task<Either<ClientError, string>> AskAsync(Target target, ClientOptions options) =>
        Asked.ByAsync(target, options, "ECHO hello"u8.ToArray());

    private static Target At(TcpListener listener) =>
        TestValues.Right(Target.From($"tls://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));

    internal static async Task<Stream> SecureAsync(TcpListener listener, X509Certificate2 certificate)
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

    internal static X509Certificate2 Certificate()
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
