using System.ComponentModel;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace TinyTcp.Tests.Client.Generators;

/// <summary>A call of a stream that fails.</summary>
public enum FailedCall
{
    ReadGreeting,
    Read,
    Write,
    ShutdownSend,
}

/// <summary>An exception that the runtime throws from a stream, a socket, TLS or the resolver.</summary>
/// <param name="Call">The call of a stream that throws it.</param>
/// <param name="Exception">The exception.</param>
public sealed record RuntimeFailure(FailedCall Call, Exception Exception)
{
    internal static Gen<RuntimeFailure> Any { get; } =
        from call in Gen.Elements(Enum.GetValues<FailedCall>())
        from exception in Gen.Elements<Exception>(
            new IOException("The decryption operation failed."),
            new IOException("Unable to read.", new SocketException((int)SocketError.ConnectionReset)),
            new SocketException((int)SocketError.NetworkDown),
            new ObjectDisposedException("stream"),
            new InvalidOperationException("This operation is only allowed using a connected context."),
            new NotSupportedException("This protocol version is not supported."),
            new PlatformNotSupportedException("The platform does not support it."),
            new DecoderFallbackException("The host name is invalid."),
            new CryptographicException("shutdown while in init"),
            new AuthenticationException("The remote certificate was rejected."),
            new Win32Exception(5),
            new InsufficientMemoryException("Insufficient memory to continue the execution of the program."),
            new TimeoutException("The operation has timed out."),
            new TaskCanceledException("The operation was cancelled."),
            new ProviderException()
        )
        select new RuntimeFailure(call, exception);

    public override string ToString() => $"{Call} throws {Exception.GetType().Name}";

    // As some exceptions of TLS: an internal type under Exception.
    private sealed class ProviderException() : Exception("Operation failed with error - 5.");
}
