using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Requests;

/// <summary>Sends requests one by one over one connection and prints each reply.</summary>
/// <param name="settings">The server, and the client's options.</param>
/// <param name="format">How to print replies.</param>
/// <param name="environment">Where to print.</param>
/// <param name="cancellationToken">Cancels the pending request.</param>
internal sealed class RequestRunner(
    ConnectionSettings settings,
    OutputFormat format,
    CliEnvironment environment,
    CancellationToken cancellationToken
)
{
    // Received lines that are not printed yet: a goodbye may arrive before the request that it answers.
    private readonly ConcurrentQueue<ByteString> receivedLines = new();

    /// <summary>Sends all requests, or those up to an error that ends the connection.</summary>
    /// <returns>The exit code of the last error.</returns>
    internal async Task<int> RunAsync(IEnumerable<Either<CliError, string>> requests)
    {
        using var enumerator = requests.GetEnumerator();

        // An invalid first request is reported without connecting.
        return !enumerator.MoveNext() ? ExitCodes.Success.Code
            : enumerator.Current.IsLeft ? ((CliError)enumerator.Current).WriteTo(environment)
            : await ConnectAndSendAsync(enumerator);
    }

    private async Task<int> ConnectAndSendAsync(IEnumerator<Either<CliError, string>> requests)
    {
        if (format == OutputFormat.Transcript)
        {
            environment.Output.WriteLine(WireOutput.ConnectLine(settings.Target));
        }

        var startedAt = environment.Time.GetTimestamp();
        var options = settings.ClientOptions with { OnLine = OnWireLine };
        var connected = await TinyTcpClient.ConnectAsync(settings.Target, options, cancellationToken);
        var connectMilliseconds = ElapsedMilliseconds(startedAt);
        if (connected.IsLeft)
        {
            PrintReply((string)requests.Current, (ClientError)connected, connectMilliseconds, default);
            return connected.ToExitCode(environment);
        }

        // The greeting is not a reply.
        receivedLines.TryDequeue(out _);
        await using var client = (TinyTcpClient)connected;
        return await SendAllAsync(client, requests, connectMilliseconds);
    }

    private async Task<int> SendAllAsync(
        TinyTcpClient client,
        IEnumerator<Either<CliError, string>> requests,
        double connectMilliseconds
    )
    {
        var code = ExitCodes.Success.Code;
        do
        {
            if (requests.Current.IsLeft)
            {
                return ((CliError)requests.Current).WriteTo(environment);
            }

            var reply = await SendAsync(client, (string)requests.Current, connectMilliseconds);
            code = reply.IsLeft ? reply.ToExitCode(environment) : code;
            if (reply.IsLeft && (ClientError)reply is { EndsConnection: true })
            {
                break;
            }
        } while (requests.MoveNext());

        return code;
    }

    private async Task<Either<ClientError, string>> SendAsync(
        TinyTcpClient client,
        string request,
        double connectMilliseconds
    )
    {
        var startedAt = environment.Time.GetTimestamp();
        var reply = await client.ExecuteAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        var error = reply.IsLeft ? (ClientError)reply : Option<ClientError>.None;
        PrintReply(request, error, connectMilliseconds, ElapsedMilliseconds(startedAt));
        return reply;
    }

    private void PrintReply(
        string request,
        Option<ClientError> error,
        double connectMilliseconds,
        Option<double> replyMilliseconds
    )
    {
        var line = receivedLines.TryDequeue(out var next) ? next : Option<ByteString>.None;
        if (format == OutputFormat.Json)
        {
            var answer = new AnswerJson(
                settings.Target.ToString(),
                request,
                line.Map(static bytes => Encoding.UTF8.GetString(bytes.Span)).IfNoneUnsafe((string?)null),
                ErrorJson.From(error),
                connectMilliseconds,
                replyMilliseconds.ToNullable()
            );
            environment.Output.WriteLine(
                JsonSerializer.Serialize(answer, AnswerJsonContext.Default.AnswerJson)
            );
        }
        else if (format != OutputFormat.Transcript)
        {
            line.Iter(bytes => WireOutput.Write(bytes.Span, format == OutputFormat.Escaped, environment));
        }
    }

    private void OnWireLine(WireLine line)
    {
        if (format == OutputFormat.Transcript)
        {
            environment.Output.WriteLine(line.ToString());
        }
        else if (line.Direction == WireDirection.Received)
        {
            receivedLines.Enqueue(ByteString.From(line.Bytes));
        }
    }

    private double ElapsedMilliseconds(long startedAt) =>
        Math.Round(environment.Time.GetElapsedTime(startedAt).TotalMilliseconds, digits: 3);
}
