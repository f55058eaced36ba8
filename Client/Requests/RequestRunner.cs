using System.Collections.Concurrent;
using System.Text;
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
/// <param name="isEscaped">Whether to escape control characters in lines and values.</param>
/// <param name="environment">Where to print.</param>
/// <param name="cancellationToken">Cancels the pending request.</param>
internal sealed class RequestRunner(
    ConnectionSettings settings,
    OutputFormat format,
    bool isEscaped,
    CliEnvironment environment,
    CancellationToken cancellationToken
)
{
    // Received lines that are not printed yet: a goodbye may arrive before the request that it answers.
    private readonly ConcurrentQueue<ByteString> receivedLines = new();

    /// <summary>Sends all requests, or those up to an error that ends the connection.</summary>
    /// <returns>The exit code of the last error.</returns>
    internal async Task<int> RunAsync(IEnumerable<Either<CliError, ByteString>> requests)
    {
        using var enumerator = requests.GetEnumerator();

        // An invalid first request is reported without connecting.
        return !enumerator.MoveNext() ? ExitCodes.Success.Code
            : enumerator.Current.IsLeft ? ((CliError)enumerator.Current).WriteTo(environment)
            : await ConnectAndSendAsync(enumerator);
    }

    private async Task<int> ConnectAndSendAsync(IEnumerator<Either<CliError, ByteString>> requests)
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
            PrintReply((ByteString)requests.Current, (ClientError)connected, connectMilliseconds, default);
            return connected.ToExitCode(environment);
        }

        // The greeting is not a reply.
        receivedLines.TryDequeue(out _);
        await using var client = (TinyTcpClient)connected;
        return await SendAllAsync(client, requests, connectMilliseconds);
    }

    private async Task<int> SendAllAsync(
        TinyTcpClient client,
        IEnumerator<Either<CliError, ByteString>> requests,
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

            var reply = await SendAsync(client, (ByteString)requests.Current, connectMilliseconds);
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
        ByteString request,
        double connectMilliseconds
    )
    {
        var startedAt = environment.Time.GetTimestamp();
        var reply = await client.ExecuteAsync(request.Memory, cancellationToken);
        var error = reply.IsLeft ? (ClientError)reply : Option<ClientError>.None;
        PrintReply(request, error, connectMilliseconds, ElapsedMilliseconds(startedAt));
        return reply;
    }

    private void PrintReply(
        ByteString request,
        Option<ClientError> error,
        double connectMilliseconds,
        Option<double> replyMilliseconds
    )
    {
        var line = receivedLines.TryDequeue(out var next) ? next : Option<ByteString>.None;
        switch (format)
        {
            case OutputFormat.Line:
                line.Iter(bytes => WireOutput.Write(bytes.Span, isEscaped, environment));
                break;
            case OutputFormat.Value:
                line.Bind(static bytes => ReplyFields.From(bytes.Memory).Value)
                    .Iter(value => WireOutput.Write(Encoding.UTF8.GetBytes(value), isEscaped, environment));
                break;
            case OutputFormat.Transcript:
                // The lines have been printed as they came.
                break;
            case OutputFormat.Json:
                var answer = AnswerJson.From($"{settings.Target}", line, ErrorJson.From(error)) with
                {
                    Request = Encoding.UTF8.GetString(request.Span),
                    ConnectMilliseconds = connectMilliseconds,
                    ReplyMilliseconds = replyMilliseconds.ToNullable(),
                };
                environment.Output.WriteLine(JsonText.Serialize(answer, AnswerJsonContext.Output.AnswerJson));
                break;
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
