using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Send;

/// <summary>Sends a batch of requests and prints the replies.</summary>
/// <param name="settings">The server, and the client's options.</param>
/// <param name="requests">The requests, one per line.</param>
/// <param name="isEscaped">Whether to escape control characters in replies.</param>
/// <param name="environment">Where to print.</param>
internal sealed class Sender(
    ConnectionSettings settings,
    Stream requests,
    bool isEscaped,
    CliEnvironment environment
)
{
    /// <summary>Sends the requests.</summary>
    /// <returns>The exit code of the error that ended the batch, else of the first error reply.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using (requests)
        {
            return (await SendAsync(cancellationToken)).Match(
                Left: error => CliError.From(error).WriteTo(environment),
                Right: result =>
                    result.Error.Match(
                        Some: error => WriteError(result, error),
                        None: static () => ExitCodes.Success.Code
                    )
            );
        }
    }

    private async Task<Either<ClientError, BatchResult>> SendAsync(CancellationToken cancellationToken)
    {
        var progress = new ProgressLine(environment);
        try
        {
            return await Batch.SendAsync(
                settings.Target,
                settings.ClientOptions,
                requests,
                WriteRepliesAsync,
                progress.Update,
                cancellationToken
            );
        }
        finally
        {
            progress.Hide();
        }
    }

    private int WriteError(BatchResult result, ClientError error)
    {
        var cliError = CliError.From(error);
        var count = string.Create(
            CultureInfo.InvariantCulture,
            $"replies: {result.Replies}, of which errors: {result.Errors}"
        );
        return (cliError with { Message = $"{cliError.Message} ({count})" }).WriteTo(environment);
    }

    private async ValueTask WriteRepliesAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (!isEscaped)
        {
            await environment.StandardOutput.WriteAsync(lines, cancellationToken);
            return;
        }

        while (!lines.IsEmpty)
        {
            var length = lines.Span.IndexOf(Grammar.Lf);
            WireOutput.Write(lines.Span[..length], isEscaped, environment);
            lines = lines[(length + 1)..];
        }
    }
}
