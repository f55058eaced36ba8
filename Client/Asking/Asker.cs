using System.Text;
using System.Text.Json;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Asking;

/// <summary>
/// Asks one thing after the other on one connection, and prints what is answered: on the caller's own thread, as to start
/// another takes longer than most questions do.
/// </summary>
/// <param name="call">Whom to call, and how.</param>
/// <param name="style">How to print.</param>
/// <param name="surroundings">Where to print.</param>
/// <param name="cancellationToken">Gives up.</param>
internal sealed class Asker(
    Call call,
    AnswerStyle style,
    Surroundings surroundings,
    CancellationToken cancellationToken
)
{
    private Option<ByteString> heard;

    /// <summary>Asks all that is to be asked, or up to what makes going on useless.</summary>
    /// <returns>The exit code: that of the last thing that went wrong.</returns>
    internal int Run(IEnumerable<Either<Complaint, string>> requests)
    {
        using var each = requests.GetEnumerator();

        // What cannot be asked is told before anybody is called.
        return !each.MoveNext() ? ExitCodes.Success.Code
            : each.Current.IsLeft ? ((Complaint)each.Current).Tell(surroundings.Error)
            : Converse(each);
    }

    private int Converse(IEnumerator<Either<Complaint, string>> requests)
    {
        if (style == AnswerStyle.Conversation)
        {
            surroundings.Output.WriteLine(WireOutput.Connect(call.Target));
        }

        var since = surroundings.Time.GetTimestamp();
        var options = call.Options with { Observer = Observe };
        var opened = BlockingDialer
            .Dial(call.Target, options, cancellationToken)
            .Bind(stream => BlockingClient.Open(stream, options));
        // TLS would have it that the connection is lost.
        cancellationToken.ThrowIfCancellationRequested();
        var connecting = Milliseconds(since);
        if (opened.IsLeft)
        {
            Print((string)requests.Current, (ClientError)opened, connecting, default);
            return opened.Told(surroundings.Error);
        }

        using var client = (BlockingClient)opened;
        return AskAll(client, requests, connecting);
    }

    private int AskAll(
        BlockingClient client,
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

            var reply = Ask(client, (string)requests.Current, connecting);
            code = reply.IsLeft ? reply.Told(surroundings.Error) : code;
            if (reply.IsLeft && (ClientError)reply is { EndsConversation: true })
            {
                break;
            }
        } while (requests.MoveNext());

        return code;
    }

    private Either<ClientError, string> Ask(BlockingClient client, string request, double connecting)
    {
        heard = default;
        var since = surroundings.Time.GetTimestamp();
        var reply = client.Ask(Encoding.UTF8.GetBytes(request));
        cancellationToken.ThrowIfCancellationRequested();
        var error = reply.IsLeft ? (ClientError)reply : Option<ClientError>.None;
        Print(request, error, connecting, Milliseconds(since));
        return reply;
    }

    private void Print(string request, Option<ClientError> error, double connecting, Option<double> replying)
    {
        if (style == AnswerStyle.Json)
        {
            var answer = new Answer(
                call.Target.ToString(),
                request,
                heard.Map(static line => Encoding.UTF8.GetString(line.Span)).IfNoneUnsafe((string?)null),
                Failure.Of(error),
                connecting,
                replying.ToNullable()
            );
            surroundings.Output.WriteLine(JsonSerializer.Serialize(answer, AnswerJson.Default.Answer));
        }
        else if (style != AnswerStyle.Conversation)
        {
            heard.Iter(line => WireOutput.Write(line.Span, style == AnswerStyle.Printable, surroundings));
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
            // What follows a reply does not replace it.
            heard = heard || ByteString.From(line.Bytes);
        }
    }

    private double Milliseconds(long since) =>
        Math.Round(surroundings.Time.GetElapsedTime(since).TotalMilliseconds, digits: 3);
}
