using System.Net.Security;
using TinyTcp.Client;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The TLS options of a connection.</summary>
public class TlsOptionsTests
{
    [Fact]
    public void The_host_is_the_target_name_unless_the_options_have_one()
    {
        Assert.Equal("host", TlsOptions.Create(static () => new(), "host").TargetHost);
        Assert.Equal(
            "given",
            TlsOptions.Create(static () => new() { TargetHost = "given" }, "host").TargetHost
        );
    }

    /// <summary>Certificate checks that one client turns off stay on for every other.</summary>
    [Fact]
    public void Options_that_one_client_changes_are_not_those_of_another()
    {
        var options = ClientOptions.Default.Tls();
        options.RemoteCertificateValidationCallback = static (_, _, _, errors) =>
            errors == SslPolicyErrors.None;
        Assert.Null(ClientOptions.Default.Tls().RemoteCertificateValidationCallback);
        Assert.IsType<SslClientAuthenticationOptions>(options);
    }
}
