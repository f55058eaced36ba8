using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>An end point resolves to one end point per address; TLS still checks the name.</summary>
public class ResolveTests
{
    [Theory]
    [InlineData("127.0.0.1:40000")]
    [InlineData("[::1]:40000")]
    [InlineData("tls://127.0.0.1:40000")]
    [InlineData("unix:/run/tinytcp.sock")]
    public async Task An_address_or_a_path_resolves_to_itself(string text) =>
        Assert.Equal(Parse(text), Assert.Single(await ResolveAsync(text)));

    [Theory]
    [InlineData("")]
    [InlineData("tls://")]
    public async Task A_host_name_resolves_to_one_end_point_per_address(string scheme)
    {
        var addresses = await Dns.GetHostAddressesAsync("localhost");
        Assert.Equal(
            addresses.Distinct().Select(address => $"{scheme}{new IPEndPoint(address, 40000)}"),
            (await ResolveAsync($"{scheme}localhost:40000")).Select(static endPoint => $"{endPoint}")
        );
    }

    [Fact]
    public async Task An_IPv4_mapped_address_resolves_to_the_IPv4_address() =>
        Assert.Equal(Parse("127.0.0.1:40000"), Assert.Single(await ResolveAsync("[::ffff:127.0.0.1]:40000")));

    [Theory]
    [InlineData("::ffff:192.0.2.1 192.0.2.1", "192.0.2.1")]
    [InlineData("0.0.0.0 192.0.2.1 ::", "192.0.2.1")]
    [InlineData("0.0.0.0", "")]
    [InlineData("::ffff:0.0.0.0", "")]
    [InlineData(":: 0.0.0.0", "")]
    public async Task Unspecified_and_repeated_addresses_are_dropped(string resolved, string expected)
    {
        var addresses = await HostResolver.ResolveAsync(
            TestValues.Right(HostPort.From("blocked.example", 40000)),
            (_, _) => Task.FromResult(resolved.Split(' ').Select(IPAddress.Parse).ToArray()),
            CancellationToken.None
        );
        if (expected.Length > 0)
        {
            Assert.Equal([IPAddress.Parse(expected)], TestValues.Right(addresses));
        }
        else
        {
            Assert.IsType<ClientError.NameResolutionFailed>(TestValues.Left(addresses));
        }
    }

    [Fact]
    public async Task An_unknown_host_is_NameResolutionFailed()
    {
        Assert.IsType<ClientError.NameResolutionFailed>(
            TestValues.Left(await Parse("no-such-host.invalid:40000").ResolveAsync(ClientOptions.Default))
        );
    }

    [Fact]
    public async Task Options_out_of_range_are_invalid_arguments() =>
        Assert.IsType<ClientError.InvalidArgument>(
            TestValues.Left(
                await Parse("localhost:40000")
                    .ResolveAsync(ClientOptions.Default with { ConnectTimeout = TimeSpan.FromSeconds(-5) })
            )
        );

    [Fact]
    public async Task Cancellation_does_not_wait_for_the_resolver()
    {
        using var cancellation = new CancellationTokenSource();
        var resolving = HostResolver.ResolveAsync(
            TestValues.Right(HostPort.From("localhost", 40000)),
            static (_, _) => new TaskCompletionSource<IPAddress[]>().Task,
            cancellation.Token
        );
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
    }

    [Fact]
    public async Task A_resolver_that_fails_after_the_cancellation_leaves_no_unobserved_exception()
    {
        var unobserved = new ConcurrentBag<string>();
        EventHandler<UnobservedTaskExceptionEventArgs> onUnobserved = (_, raised) =>
            unobserved.Add(raised.Exception.GetBaseException().Message);
        TaskScheduler.UnobservedTaskException += onUnobserved;
        try
        {
            var message = await Task.Run(FailAfterCancellationAsync);
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.DoesNotContain(message, unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= onUnobserved;
        }
    }

    [Fact]
    public async Task An_exception_of_SslOptions_is_thrown_and_is_not_a_lost_connection()
    {
        var exception = new FileNotFoundException("no certificates");
        await using var server = FakeServer.Start(static connection => connection.WaitForCloseAsync());
        var connecting = TinyTcpClient.ConnectAsync(
            Parse($"tls://{server.Address}"),
            ClientOptions.Default with
            {
                SslOptions = () => throw exception,
            }
        );
        Assert.Same(exception, await Assert.ThrowsAsync<FileNotFoundException>(() => connecting));
    }

    [Fact]
    public async Task TLS_to_a_resolved_address_checks_the_host_name()
    {
        using var certificate = Certificate("localhost");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = GreetTwiceAsync(listener, certificate);
        var options = ClientOptions.Default with { SslOptions = static () => CheckNameOnly };

        var endPoints = await ResolveAsync($"tls://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var address = endPoints.Single(static endPoint =>
            $"{endPoint}".StartsWith("tls://127.", StringComparison.Ordinal)
        );
        await using var client = TestValues.Right(await TinyTcpClient.ConnectAsync(address, options));
        Assert.Equal("test", client.Greeting);
        await client.DisposeAsync();

        Assert.IsType<ClientError.TlsHandshakeFailed>(
            TestValues.Left(await TinyTcpClient.ConnectAsync(Parse($"{address}"), options))
        );
        await serving;
    }

    /// <returns>The message of the exception.</returns>
    private static async Task<string> FailAfterCancellationAsync()
    {
        using var cancellation = new CancellationTokenSource();
        var addresses = new TaskCompletionSource<IPAddress[]>();
        var resolving = HostResolver.ResolveAsync(
            TestValues.Right(HostPort.From("localhost", 40000)),
            (_, _) => addresses.Task,
            cancellation.Token
        );
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => resolving);
        var exception = new IOException($"{Guid.NewGuid()}");
        addresses.SetException(exception);
        return exception.Message;
    }

    private static SslClientAuthenticationOptions CheckNameOnly =>
        new()
        {
            RemoteCertificateValidationCallback = static (_, _, _, errors) =>
                !errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch),
        };

    private static ServerEndPoint Parse(string text) => TestValues.Right(ServerEndPoint.From(text));

    private static async Task<ImmutableArray<ServerEndPoint>> ResolveAsync(string text) =>
        TestValues.Right(await Parse(text).ResolveAsync(ClientOptions.Default));

    private static async Task GreetTwiceAsync(TcpListener listener, X509Certificate2 certificate)
    {
        for (var connection = 0; connection < 2; connection++)
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
            catch (Exception exception)
                when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client closes, because the name does not match.
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
        using var created = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(created.Export(X509ContentType.Pkcs12), password: null);
    }
}
