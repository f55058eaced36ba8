using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Send;

/// <summary>Sends a batch, prints its replies, and says how it went.</summary>
/// <param name="settings">Whom to call, and how.</param>
/// <param name="requests">What to send.</param>
/// <param name="isEscaped">Whether replies are for a terminal.</param>
/// <param name="environment">Where to print.</param>
internal sealed class Sender(
    ConnectionSettings settings,
    Stream requests,
    bool isEscaped,
    CliEnvironment environment
)
{
    /// <summary>Does it.</summary>
    /// <returns>
    /// The exit code: that of what ended it before every request was answered; or else that of a refusal, if there was one.
    /// </returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using (requests)
        {
            return (await SendAsync(cancellationToken)).Match(
                Left: error => CliError.From(error).WriteTo(environment.Error),
                Right: outcome =>
                    outcome.Error.Match(
                        Some: error => WriteError(outcome, error),
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
        var complaint = CliError.From(error);
        var count = string.Create(
            CultureInfo.InvariantCulture,
            $"{result.Replies} replies came, {result.Errors} of them errors."
        );
        return (complaint with { Message = $"{complaint.Message} ({count})" }).WriteTo(environment.Error);
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
