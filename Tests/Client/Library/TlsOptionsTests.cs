using System.Net.Security;
using TinyTcp.Client.Options;
using TinyTcp.Client.Sockets;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The TLS options of a connection.</summary>
public class TlsOptionsTests
{
    [Fact]
    public void The_TLS_host_is_the_end_points_unless_the_options_set_one()
    {
        Assert.Equal("host", TlsOptions.Create(static () => new(), "host").TargetHost);
        Assert.Equal(
            "given",
            TlsOptions.Create(static () => new() { TargetHost = "given" }, "host").TargetHost
        );
    }

    /// <summary>Certificate checks that one client turns off stay on for every other.</summary>
    [Fact]
    public void Each_connection_has_its_own_TLS_options()
    {
        var options = ClientOptions.Default.SslOptions();
        options.RemoteCertificateValidationCallback = static (_, _, _, errors) =>
            errors == SslPolicyErrors.None;
        Assert.Null(ClientOptions.Default.SslOptions().RemoteCertificateValidationCallback);
        Assert.IsType<SslClientAuthenticationOptions>(options);
    }
}
