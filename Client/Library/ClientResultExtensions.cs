using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client;

/// <summary>Results of a client for callers that prefer exceptions.</summary>
public static class ClientResultExtensions
{
    /// <summary>Returns the value of a result.</summary>
    /// <param name="result">The result of a call.</param>
    /// <exception cref="TinyTcpException">The result is an error.</exception>
    /// <example>
    /// <code>
    /// try
    /// {
    ///     await using var client = await TinyTcpClient.ConnectAsync("127.0.0.1", 40000).OrThrow();
    /// }
    /// catch (TinyTcpException failed) when (failed.Error is ClientError.ConnectFailed)
    /// {
    ///     Console.WriteLine(failed.Message);
    /// }
    /// </code>
    /// </example>
    public static T OrThrow<T>(this Either<ClientError, T> result) =>
        result.IfLeft(static error => throw new TinyTcpException(error));

    /// <summary>Awaits a call and returns the value of its result.</summary>
    /// <param name="call">The call.</param>
    /// <exception cref="TinyTcpException">The result is an error.</exception>
    public static async Task<T> OrThrow<T>(this Task<Either<ClientError, T>> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return (await call.ConfigureAwait(false)).OrThrow();
    }
}
