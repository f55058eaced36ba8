using System.Net.Security;
using System.Reflection;
using System.Runtime.Versioning;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using TinyTcp.Client;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>What a caller says about TLS is what is done, on every connection anew.</summary>
[SupportedOSPlatform("linux")]
public class TlsOptionsTests
{
    private static readonly PropertyInfo[] All = typeof(SslClientAuthenticationOptions).GetProperties();

    private static SslClientAuthenticationOptions Unusual =>
        new()
        {
            AllowRenegotiation = false,
            AllowRsaPkcs1Padding = false,
            AllowRsaPssPadding = false,
            AllowTlsResume = false,
            ApplicationProtocols = [new("tinytcp")],
            CertificateChainPolicy = new(),
            CertificateRevocationCheckMode = X509RevocationMode.Online,
            CipherSuitesPolicy = new([TlsCipherSuite.TLS_AES_128_GCM_SHA256]),
            ClientCertificates = [],
            EnabledSslProtocols = SslProtocols.Tls13,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            LocalCertificateSelectionCallback = static (_, _, _, _, _) => null!,
            RemoteCertificateValidationCallback = static (_, _, _, errors) => errors == SslPolicyErrors.None,
            TargetHost = "given",
        };

    [Fact]
    public void Everything_that_is_given_stays_as_it_is_given()
    {
        var given = Unusual;
        var used = TlsOptions.For("host", given);
        Assert.All(All, property => Assert.Equal(property.GetValue(given), property.GetValue(used)));
        Assert.NotSame(given, used);
    }

    [Fact]
    public void The_host_is_asked_for_where_no_name_is_given()
    {
        var given = new SslClientAuthenticationOptions();
        Assert.Equal("host", TlsOptions.For("host", given).TargetHost);
        Assert.Null(given.TargetHost);
    }

    [Fact]
    public void The_options_of_the_test_above_are_all_unusual() =>
        Assert.DoesNotContain(
            All,
            static property =>
                property.Name
                    is not nameof(SslClientAuthenticationOptions.ClientCertificateContext)
                        and not nameof(SslClientAuthenticationOptions.EncryptionPolicy)
                && Equals(property.GetValue(Unusual), property.GetValue(new SslClientAuthenticationOptions()))
        );
}
