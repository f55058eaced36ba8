using System.Net;
using System.Net.Sockets;
using TinyTcp.Tests.Client.Library;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary><c>tinytcp probe</c> over Unix sockets and TLS.</summary>
public sealed class ProbeTargetTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("tinytcp-probe-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Probe_works_over_a_Unix_socket()
    {
        var path = Path.Combine(folder, "socket");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var serving = ServerEndPointTests.ServeAsync(async () =>
            new NetworkStream(await listener.AcceptAsync(), ownsSocket: true)
        );

        var (code, output, error) = await CliRunner.RunAsync("probe", "-c", "1", "-t", $"unix:{path}");
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("\nseq=1    connect=", output, StringComparison.Ordinal);
        await serving;
    }

    [Fact]
    public async Task Probe_works_over_TLS_with_a_trusted_certificate()
    {
        using var certificate = ServerEndPointTests.CreateCertificate();
        var trusted = Path.Combine(folder, "trusted.pem");
        await File.WriteAllTextAsync(trusted, certificate.ExportCertificatePem());
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = ServerEndPointTests.ServeAsync(() =>
            ServerEndPointTests.AuthenticateAsync(listener, certificate)
        );

        var target = $"tls://{listener.LocalEndpoint}";
        var (code, output, error) = await ProgramProcess.Run(
            "tinytcp",
            ["probe", "-c", "1", "-t", target],
            ("SSL_CERT_FILE", trusted)
        );
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("\nseq=1    connect=", output, StringComparison.Ordinal);
        await serving;
    }
}
