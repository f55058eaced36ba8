using System.Globalization;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Sending;

/// <summary>Sends a batch, prints its replies, and says how it went.</summary>
/// <param name="call">Whom to call, and how.</param>
/// <param name="requests">What to send.</param>
/// <param name="printable">Whether replies are for a terminal.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class Sender(Call call, Stream requests, bool printable, Surroundings surroundings)
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
                Left: error => Complaint.Of(error).Tell(surroundings.Error),
                Right: outcome =>
                    outcome.Error.Match(
                        Some: error => Tell(outcome, error),
                        None: static () => ExitCodes.Success.Code
                    )
            );
        }
    }

    private async Task<Either<ClientError, BatchOutcome>> SendAsync(CancellationToken cancellationToken)
    {
        var progress = new Progress(surroundings);
        try
        {
            return await Batch.SendAsync(
                call.Target,
                call.Options,
                requests,
                PrintAsync,
                progress.Show,
                cancellationToken
            );
        }
        finally
        {
            progress.End();
        }
    }

    private int Tell(BatchOutcome outcome, ClientError error)
    {
        var complaint = Complaint.Of(error);
        var count = string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome.Replies} replies came, {outcome.Refusals} of them errors."
        );
        return (complaint with { Sentence = $"{complaint.Sentence} ({count})" }).Tell(surroundings.Error);
    }

    private async ValueTask PrintAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        if (!printable)
        {
            await surroundings.Bytes.WriteAsync(lines, cancellationToken);
            return;
        }

        while (!lines.IsEmpty)
        {
            var length = lines.Span.IndexOf(Grammar.Lf);
            WireOutput.Write(lines.Span[..length], printable, surroundings);
            lines = lines[(length + 1)..];
        }
    }
}
