using System.Globalization;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Cli.Send;

/// <summary>Sends a batch of requests and prints the replies.</summary>
/// <param name="settings">The server, and the client's options.</param>
/// <param name="path">The name of the input, for errors.</param>
/// <param name="open">Opens the input: requests, one per line.</param>
/// <param name="output">How to print replies.</param>
/// <param name="environment">Where to print.</param>
internal sealed class Sender(
    ConnectionSettings settings,
    string path,
    Func<Stream> open,
    SendOutput output,
    CliEnvironment environment
)
{
    /// <summary>Sends the requests.</summary>
    /// <returns>The exit code of the error that ended the batch, else of the first error reply.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var lines = new LineCounter();
        var writer = new ReplyWriter(settings.Target, lines, output, environment);
        await using var requests = new InputStream(open) { OnRead = lines.Add };
        return (await SendAsync(requests, writer, cancellationToken)).Match(
            Left: error => WriteEnd(CliError.From(error), error, writer),
            Right: result =>
                result.Error.Match(
                    Some: error => WriteError(result, error, writer),
                    None: static () => ExitCodes.Success.Code
                )
        );
    }

    private async Task<Either<ClientError, BatchResult>> SendAsync(
        InputStream requests,
        ReplyWriter writer,
        CancellationToken cancellationToken
    )
    {
        var progress = new ProgressLine(environment);
        try
        {
            return await Batch.SendAsync(
                settings.Target,
                settings.ClientOptions,
                requests,
                writer.WriteAsync,
                progress.Update,
                cancellationToken
            );
        }
        finally
        {
            progress.Hide();
        }
    }

    private int WriteError(BatchResult result, ClientError error, ReplyWriter writer)
    {
        var line = error.EndsConnection ? writer.PendingLine : writer.FirstErrorLine;
        var place = line.Map(number =>
                string.Create(CultureInfo.InvariantCulture, $"{Sanitizer.Sanitize(path)}:{number}: ")
            )
            .IfNone("");
        var count = string.Create(
            CultureInfo.InvariantCulture,
            $"replies: {result.Replies}, of which errors: {result.Errors}"
        );
        var cliError = CliError.From(error);
        cliError = cliError with { Message = $"{place}{cliError.Message} ({count})" };
        return error.EndsConnection ? WriteEnd(cliError, error, writer) : cliError.WriteTo(environment);
    }

    private int WriteEnd(CliError cliError, ClientError error, ReplyWriter writer)
    {
        writer.WriteEnd(error);
        return cliError.WriteTo(environment);
    }
}
