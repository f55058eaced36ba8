using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>All addresses of a target; and TLS goes on to ask for the name.</summary>
public class ResolveTests
{
    [Theory]
    [InlineData("127.0.0.1:40000")]
    [InlineData("[::1]:40000")]
    [InlineData("tls://127.0.0.1:40000")]
    [InlineData("unix:/run/tinytcp.sock")]
    public async Task What_needs_no_finding_is_its_own(string written) =>
        Assert.Equal(At(written), Assert.Single(await ResolveAsync(written)));

    [Theory]
    [InlineData("")]
    [InlineData("tls://")]
    public async Task A_name_gives_a_target_for_each_of_its_addresses(string scheme)
    {
        var addresses = await Dns.GetHostAddressesAsync("localhost");
        Assert.Equal(
            addresses.Distinct().Select(address => $"{scheme}{new IPEndPoint(address, 40000)}"),
            (await ResolveAsync($"{scheme}localhost:40000")).Select(static target => $"{target}")
        );
    }

    [Fact]
    public async Task A_name_without_an_address()
    {
        var target = At("no-such-host.invalid:40000");
        Assert.IsType<ClientError.NotResolved>(
            TestValues.Left(await target.ResolveAsync(ClientOptions.Default))
        );
    }

    [Fact]
    public async Task Options_out_of_their_ranges_are_the_callers_fault() =>
        Assert.IsType<ClientError.BadArgument>(
            TestValues.Left(
                await At("localhost:40000")
                    .ResolveAsync(ClientOptions.Default with { ConnectTimeout = TimeSpan.FromSeconds(-5) })
            )
        );

    [Fact]
    public async Task A_resolver_that_cannot_be_stopped_is_left()
    {
        using var giveUp = new CancellationTokenSource();
        var finding = Dialer.ResolveAsync(
            TestValues.Right(ServerAddress.From("localhost", 40000)),
            static (_, _) => new TaskCompletionSource<IPAddress[]>().Task,
            giveUp.Token
        );
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => finding);
    }

    [Fact]
    public async Task A_certificate_has_to_name_the_host_also_where_an_address_is_called()
    {
        using var certificate = Certificate("localhost");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = GreetTwiceAsync(listener, certificate);
        var options = ClientOptions.Default with { Tls = static () => NameMatters };

        var found = await ResolveAsync($"tls://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var address = found.Single(static target =>
            $"{target}".StartsWith("tls://127.", StringComparison.Ordinal)
        );
        await using var client = TestValues.Right(await TinyTcpClient.ConnectAsync(address, options));
        Assert.Equal("test", client.Greeting);
        await client.DisposeAsync();

        Assert.IsType<ClientError.NotTrusted>(
            TestValues.Left(await TinyTcpClient.ConnectAsync(At($"{address}"), options))
        );
        await serving;
    }

    private static SslClientAuthenticationOptions NameMatters =>
        new()
        {
            RemoteCertificateValidationCallback = static (_, _, _, errors) =>
                !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
        };

    private static Target At(string written) => TestValues.Right(Target.From(written));

    private static async Task<ImmutableArray<Target>> ResolveAsync(string written) =>
        TestValues.Right(await At(written).ResolveAsync(ClientOptions.Default));

    private static async Task GreetTwiceAsync(TcpListener listener, X509Certificate2 certificate)
    {
        for (var turn = 0; turn < 2; turn++)
        {
            await using var secured = new SslStream(
                new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true)
            );
            try
            {
                await secured.AuthenticateAsServerAsync(certificate);
                await secured.WriteAsync(WireBytes.Bytes("WELCOME, test\n"));
                Assert.Equal(0, await secured.ReadAsync(new byte[1]));
            }
            catch (Exception refused)
                when (refused is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client does not trust this one, and says so by hanging up.
            }
        }
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), password: null);
    }
}
