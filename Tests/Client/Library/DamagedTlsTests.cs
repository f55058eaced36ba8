using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A TLS record that is damaged on the way is a lost connection.</summary>
public sealed class DamagedTlsTests : IDisposable
{
    private readonly X509Certificate2 certificate = ServerEndPointTests.CreateCertificate();
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);

    public DamagedTlsTests() => listener.Start();

    /// <summary>A record that does not decrypt, an alert that is not encrypted, and an unexpected handshake record.</summary>
    public static TheoryData<string> Records =>
        [$"1703030040{new string('5', 128)}", "15030300020214", "160303000400000000"];

    private ClientOptions Options =>
        ClientOptions.Default with
        {
            SslOptions = () => new() { CertificateChainPolicy = ServerEndPointTests.Trusting(certificate) },
        };

    private ServerEndPoint EndPoint =>
        TestValues.Right(ServerEndPoint.From($"tls://{listener.LocalEndpoint}"));

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_batch_ends_with_ConnectionLost(string record)
    {
        var serving = ServeAsync(record);
        await using var requests = new ScriptedStream(
            Enumerable
                .Range(0, 50_000)
                .Select(static number => (ReadOnlyMemory<byte>)WireBytes.Bytes($"ECHO {number}\n"))
        );
        var sent = await Batch.SendAsync(
            EndPoint,
            Options,
            requests,
            static (_, _) => ValueTask.CompletedTask,
            static _ => { }
        );
        Assert.IsType<ClientError.ConnectionLost>(TestValues.Given(TestValues.Right(sent).Error));
        await serving;
    }

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_request_ends_with_ConnectionLost(string record)
    {
        var serving = ServeAsync(record);
        await using var client = TestValues.Right(await TinyTcpClient.ConnectAsync(EndPoint, Options));
        Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(await client.GetTimeAsync()));
        await serving;
    }

    public void Dispose()
    {
        listener.Dispose();
        certificate.Dispose();
    }

    /// <summary>Greets, and answers the first request with bytes that are not encrypted.</summary>
    private async Task ServeAsync(string record)
    {
        using var socket = await listener.AcceptSocketAsync();
        await using var secured = new SslStream(new NetworkStream(socket, ownsSocket: false));
        await secured.AuthenticateAsServerAsync(certificate);
        await secured.WriteAsync(WireBytes.Bytes("WELCOME, test\n"));
        Assert.NotEqual(0, await secured.ReadAsync(new byte[100]));
        await socket.SendAsync(Convert.FromHexString(record));
    }
}
