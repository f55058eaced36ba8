using LanguageExt;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Demo;

/// <summary>
/// The two conversations of the original client, printed as they happen: TIME and QUIT, then ECHO and QUIT.
/// </summary>
/// <param name="Settings">Whom to call, and how.</param>
/// <param name="Output">Where the transcript goes.</param>
internal sealed record DemoRunner(ConnectionSettings Settings, TextWriter Output)
{
    private const string EchoText = "Hello from client";

    /// <summary>Has both conversations; the first error ends the tour.</summary>
    internal async Task<Either<ClientError, Unit>> RunAsync(CancellationToken cancellationToken)
    {
        var first = await ConverseAsync(
            static (client, token) => client.GetTimeAsync(token),
            cancellationToken
        );
        return first.IsLeft
            ? first
            : await ConverseAsync(
                static (client, token) => client.EchoAsync(EchoText, token),
                cancellationToken
            );
    }

    /// <summary>Connects, asks once, quits.</summary>
    private async Task<Either<ClientError, Unit>> ConverseAsync<T>(
        Func<TinyTcpClient, CancellationToken, Task<Either<ClientError, T>>> request,
        CancellationToken cancellationToken
    )
    {
        Output.WriteLine(WireOutput.ConnectLine(Settings.Target));
        var connected = await TinyTcpClient.ConnectAsync(
            Settings.Target,
            OptionsWithTranscript(),
            cancellationToken
        );
        if (connected.IsLeft)
        {
            return (ClientError)connected;
        }

        await using var client = (TinyTcpClient)connected;
        var asked = await request(client, cancellationToken);
        return asked.IsLeft ? (ClientError)asked : await client.QuitAsync(cancellationToken);
    }

    private ClientOptions OptionsWithTranscript() =>
        Settings.ClientOptions with
        {
            OnLine = line => Output.WriteLine(line.ToString()),
        };
}
