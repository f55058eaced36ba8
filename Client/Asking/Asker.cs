using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Asking;

/// <summary>Sends requests one after the other on one connection, and prints each reply.</summary>
/// <param name="call">The target, and the client's options.</param>
/// <param name="style">How to print.</param>
/// <param name="surroundings">Where to print.</param>
/// <param name="cancellationToken">Cancels the request under way.</param>
internal sealed class Asker(
    Call call,
    AnswerStyle style,
    Surroundings surroundings,
    CancellationToken cancellationToken
)
{
    // Lines that were received and not printed: a goodbye may come before the request that it answers.
    private readonly ConcurrentQueue<ByteString> received = new();

    /// <summary>Sends all requests, or those up to an error that ends the conversation.</summary>
    /// <returns>The exit code: that of the last error.</returns>
    internal async Task<int> RunAsync(IEnumerable<Either<Complaint, string>> requests)
    {
        using var each = requests.GetEnumerator();

        // A request that cannot be sent is reported before anything is connected to.
        return !each.MoveNext() ? ExitCodes.Success.Code
            : each.Current.IsLeft ? ((Complaint)each.Current).Tell(surroundings.Error)
            : await ConverseAsync(each);
    }

    private async Task<int> ConverseAsync(IEnumerator<Either<Complaint, string>> requests)
    {
        if (style == AnswerStyle.Conversation)
        {
            surroundings.Output.WriteLine(WireOutput.Connect(call.Target));
        }

        var since = surroundings.Time.GetTimestamp();
        var options = call.Options with { Observer = Observe };
        var connected = await TinyTcpClient.ConnectAsync(call.Target, options, cancellationToken);
        var connecting = Milliseconds(since);
        if (connected.IsLeft)
        {
            Print((string)requests.Current, (ClientError)connected, connecting, default);
            return connected.Told(surroundings.Error);
        }

        received.TryDequeue(out _);
        await using var client = (TinyTcpClient)connected;
        return await AskAllAsync(client, requests, connecting);
    }

    private async Task<int> AskAllAsync(
        TinyTcpClient client,
        IEnumerator<Either<Complaint, string>> requests,
        double connecting
    )
    {
        var code = ExitCodes.Success.Code;
        do
        {
            if (requests.Current.IsLeft)
            {
                return ((Complaint)requests.Current).Tell(surroundings.Error);
            }

            var reply = await AskAsync(client, (string)requests.Current, connecting);
            code = reply.IsLeft ? reply.Told(surroundings.Error) : code;
            if (reply.IsLeft && (ClientError)reply is { EndsConversation: true })
            {
                break;
            }
        } while (requests.MoveNext());

        return code;
    }

    private async Task<Either<ClientError, string>> AskAsync(
        TinyTcpClient client,
        string request,
        double connecting
    )
    {
        var since = surroundings.Time.GetTimestamp();
        var reply = await client.RawAsync(Encoding.UTF8.GetBytes(request), cancellationToken);
        var error = reply.IsLeft ? (ClientError)reply : Option<ClientError>.None;
        Print(request, error, connecting, Milliseconds(since));
        return reply;
    }

    private void Print(string request, Option<ClientError> error, double connecting, Option<double> replying)
    {
        var line = received.TryDequeue(out var next) ? next : Option<ByteString>.None;
        if (style == AnswerStyle.Json)
        {
            var answer = new Answer(
                call.Target.ToString(),
                request,
                line.Map(static bytes => Encoding.UTF8.GetString(bytes.Span)).IfNoneUnsafe((string?)null),
                Failure.Of(error),
                connecting,
                replying.ToNullable()
            );
            surroundings.Output.WriteLine(JsonSerializer.Serialize(answer, AnswerJson.Default.Answer));
        }
        else if (style != AnswerStyle.Conversation)
        {
            line.Iter(bytes => WireOutput.Write(bytes.Span, style == AnswerStyle.Printable, surroundings));
        }
    }

    private void Observe(WireLine line)
    {
        if (style == AnswerStyle.Conversation)
        {
            surroundings.Output.WriteLine(line.ToString());
        }
        else if (line.Direction == WireDirection.Received)
        {
            received.Enqueue(ByteString.From(line.Bytes));
        }
    }

    private double Milliseconds(long since) =>
        Math.Round(surroundings.Time.GetElapsedTime(since).TotalMilliseconds, digits: 3);
}
