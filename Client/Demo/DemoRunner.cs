using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Demo;

/// <summary>
/// The original client's two conversations, TIME and QUIT, then ECHO and QUIT, printed line by line.
/// </summary>
/// <param name="settings">The server, and the client's options.</param>
/// <param name="output">Where to print.</param>
internal sealed class DemoRunner(ConnectionSettings settings, TextWriter output)
{
    private const string EchoText = "Hello from client";

    /// <summary>Runs both conversations, or those up to the first error.</summary>
    internal async Task<Either<ClientError, Unit>> RunAsync(CancellationToken cancellationToken)
    {
        var time = await ConverseAsync(
            static (client, token) => client.GetTimeAsync(token),
            cancellationToken
        );
        return time.IsLeft
            ? time
            : await ConverseAsync(
                static (client, token) => client.EchoAsync(EchoText, token),
                cancellationToken
            );
    }

    /// <summary>Connects, sends one request and QUIT.</summary>
    private async Task<Either<ClientError, Unit>> ConverseAsync<T>(
        Func<TinyTcpClient, CancellationToken, Task<Either<ClientError, T>>> request,
        CancellationToken cancellationToken
    )
    {
        output.WriteLine(WireOutput.ConnectLine(settings.Target));
        var options = settings.ClientOptions with { OnLine = line => output.WriteLine(line.ToString()) };
        var connected = await TinyTcpClient.ConnectAsync(settings.Target, options, cancellationToken);
        if (connected.IsLeft)
        {
            return (ClientError)connected;
        }

        await using var client = (TinyTcpClient)connected;
        var reply = await request(client, cancellationToken);
        return reply.IsLeft ? (ClientError)reply : await client.QuitAsync(cancellationToken);
    }
}
