using LanguageExt;
using TinyTcp.Client;

namespace TinyTcp.Cli;

/// <summary>
/// The two conversations of the original client, printed as they happen: TIME and QUIT, then ECHO and QUIT.
/// </summary>
/// <param name="Call">Whom to call, and how.</param>
/// <param name="Output">Where the transcript goes.</param>
internal sealed record Tour(Call Call, TextWriter Output)
{
    private const string Greetings = "Hello from client";

    /// <summary>Has both conversations; the first error ends the tour.</summary>
    internal async Task<Either<ClientError, Unit>> RunAsync(CancellationToken cancellationToken)
    {
        var first = await ConverseAsync(static (client, token) => client.TimeAsync(token), cancellationToken);
        return first.IsLeft
            ? first
            : await ConverseAsync(
                static (client, token) => client.EchoAsync(Greetings, token),
                cancellationToken
            );
    }

    /// <summary>Connects, asks once, quits.</summary>
    private async Task<Either<ClientError, Unit>> ConverseAsync<T>(
        Func<TinyTcpClient, CancellationToken, Task<Either<ClientError, T>>> ask,
        CancellationToken cancellationToken
    )
    {
        Output.WriteLine(WireOutput.Connect(Call.Target));
        var connected = await TinyTcpClient.ConnectAsync(Call.Target, WithTranscript(), cancellationToken);
        if (connected.IsLeft)
        {
            return (ClientError)connected;
        }

        await using var client = (TinyTcpClient)connected;
        var asked = await ask(client, cancellationToken);
        return asked.IsLeft ? (ClientError)asked : await client.QuitAsync(cancellationToken);
    }

    private ClientOptions WithTranscript() =>
        Call.Options with
        {
            Observer = line => Output.WriteLine(line.ToString()),
        };
}
