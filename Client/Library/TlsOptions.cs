using System.Net.Security;

namespace TinyTcp.Client;

/// <summary>
/// How TLS is spoken with one host. The caller's options may be shared by many connections, to other hosts as well: they
/// are never written to.
/// </summary>
internal static class TlsOptions
{
    /// <summary>A copy that asks for a host's name, unless the caller has said which name to ask for.</summary>
    internal static SslClientAuthenticationOptions For(string host, SslClientAuthenticationOptions given)
    {
        var options = Copy(given);
        options.TargetHost = string.IsNullOrEmpty(given.TargetHost) ? host : given.TargetHost;
        return options;
    }

    private static SslClientAuthenticationOptions Copy(SslClientAuthenticationOptions given)
    {
        var copy = new SslClientAuthenticationOptions
        {
            AllowRenegotiation = given.AllowRenegotiation,
            AllowTlsResume = given.AllowTlsResume,
            ApplicationProtocols = given.ApplicationProtocols,
            CertificateChainPolicy = given.CertificateChainPolicy,
            CertificateRevocationCheckMode = given.CertificateRevocationCheckMode,
            CipherSuitesPolicy = given.CipherSuitesPolicy,
            ClientCertificateContext = given.ClientCertificateContext,
            ClientCertificates = given.ClientCertificates,
            EnabledSslProtocols = given.EnabledSslProtocols,
            EncryptionPolicy = given.EncryptionPolicy,
            LocalCertificateSelectionCallback = given.LocalCertificateSelectionCallback,
            RemoteCertificateValidationCallback = given.RemoteCertificateValidationCallback,
        };
        if (OperatingSystem.IsLinux() || OperatingSystem.IsWindows())
        {
            copy.AllowRsaPkcs1Padding = given.AllowRsaPkcs1Padding;
            copy.AllowRsaPssPadding = given.AllowRsaPssPadding;
        }

        return copy;
    }
}
