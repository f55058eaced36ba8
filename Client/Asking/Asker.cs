using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core;

namespace TinyTcp.Cli.Asking;

/// <summary>Asks one thing after the other on one connection, and prints what is answered.</summary>
/// <param name="call">Whom to call, and how.</param>
/// <param name="style">How to print.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class Asker(Call call, AnswerStyle style, Surroundings surroundings)
{
    // The connection's own thread adds to it. Replies come in the order of the requests: the next one is the next.
    private readonly ConcurrentQueue<Octets> heard = new();

    /// <summary>Asks all that is to be asked, or up to what makes going on useless.</summary>
    /// <returns>The exit code: that of the last thing that went wrong.</returns>
    internal async Task<int> RunAsync(
        IAsyncEnumerable<Either<Complaint, string>> requests,
        CancellationToken cancellationToken
    )
    {
        await using var each = requests.GetAsyncEnumerator(cancellationToken);
        if (!await each.MoveNextAsync())
        {
            return ExitCodes.Success.Code;
        }

        // What cannot be asked is told before anybody is called.
        return each.Current.IsLeft
            ? ((Complaint)each.Current).Tell(surroundings.Error)
            : await CallAsync(each, cancellationToken);
    }

    private async Task<int> CallAsync(
        IAsyncEnumerator<Either<Complaint, string>> requests,
        CancellationToken cancellationToken
    )
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

        await using var client = (TinyTcpClient)connected;
        TakeHeard(); // the greeting
        return await AskAllAsync(client, requests, connecting, cancellationToken);
    }

    private async Task<int> AskAllAsync(
        TinyTcpClient client,
        IAsyncEnumerator<Either<Complaint, string>> requests,
        double connecting,
        CancellationToken cancellationToken
    )
    {
        var code = ExitCodes.Success.Code;
        do
        {
            if (requests.Current.IsLeft)
            {
                return ((Complaint)requests.Current).Tell(surroundings.Error);
            }

            var request = (string)requests.Current;
            var reply = await AskAsync(client, request, connecting, cancellationToken);
            code = reply.IsLeft ? reply.Told(surroundings.Error) : code;
            if (reply.IsLeft && (ClientError)reply is { EndsConversation: true })
            {
                break;
            }
        } while (await requests.MoveNextAsync());

        return code;
    }

    private async Task<Either<ClientError, string>> AskAsync(
        TinyTcpClient client,
        string request,
        double connecting,
        CancellationToken cancellationToken
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
        var line = TakeHeard();
        if (style == AnswerStyle.Json)
        {
            var answer = new Answer(
                call.Target.ToString(),
                request,
                line.Map(static said => Encoding.UTF8.GetString(said.Span)).IfNoneUnsafe((string?)null),
                Failure.Of(error),
                connecting,
                replying.ToNullable()
            );
            surroundings.Output.WriteLine(JsonSerializer.Serialize(answer, AnswerJson.Default.Answer));
        }
        else if (style != AnswerStyle.Conversation)
        {
            line.Iter(said => WireOutput.Write(said.Span, style == AnswerStyle.Printable, surroundings));
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
            heard.Enqueue(Octets.From(line.Bytes));
        }
    }

    private Option<Octets> TakeHeard() => heard.TryDequeue(out var line) ? line : Option<Octets>.None;

    private double Milliseconds(long since) =>
        Math.Round(surroundings.Time.GetElapsedTime(since).TotalMilliseconds, digits: 3);
}
