using LanguageExt;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Requests;
using TinyTcp.Client.Primitives;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Send;

/// <summary>Prints the replies to a batch, and finds the line of the first request that failed.</summary>
/// <param name="target">The server.</param>
/// <param name="lines">The lines of the requests.</param>
/// <param name="output">How to print.</param>
/// <param name="environment">Where to print.</param>
internal sealed class ReplyWriter(
    ServerEndPoint target,
    LineCounter lines,
    SendOutput output,
    CliEnvironment environment
)
{
    private long replies;
    private bool hasError;

    /// <summary>The line of the first request with an error reply.</summary>
    internal Option<long> FirstErrorLine { get; private set; }

    /// <summary>The line of the oldest request without a reply.</summary>
    internal Option<long> PendingLine => lines.LineOf(replies + 1);

    /// <summary>Prints whole reply lines.</summary>
    internal async ValueTask WriteAsync(ReadOnlyMemory<byte> received, CancellationToken cancellationToken)
    {
        if (output == SendOutput.Raw)
        {
            await environment.StandardOutput.WriteAsync(received, cancellationToken);
        }

        while (!received.IsEmpty)
        {
            var length = received.Span.IndexOf(Grammar.Lf);
            OnReply(received[..length]);
            received = received[(length + 1)..];
        }

        // Forgets the lines before it.
        lines.LineOf(replies);
    }

    /// <summary>Prints the error that ended the batch, if errors are printed there.</summary>
    internal void WriteEnd(ClientError error)
    {
        if (output == SendOutput.Json)
        {
            WriteJson(AnswerJson.From($"{target}", default, ErrorJson.From(error)), PendingLine);
        }
    }

    private void OnReply(ReadOnlyMemory<byte> line)
    {
        replies++;
        if (!hasError && MayBeError(line.Span) && ReplyFields.From(line).IsError)
        {
            (hasError, FirstErrorLine) = (true, lines.LineOf(replies));
        }

        if (output == SendOutput.Escaped)
        {
            WireOutput.Write(line.Span, isEscaped: true, environment);
        }
        else if (output == SendOutput.Json)
        {
            var read = Protocol.Read(line);
            var error = read.IsRight ? ErrorOf((Reply)read) : null;
            WriteJson(AnswerJson.From($"{target}", ByteString.From(line.Span), error), lines.LineOf(replies));
        }
    }

    private void WriteJson(AnswerJson answer, Option<long> line) =>
        environment.Output.WriteLine(
            JsonText.Serialize(
                answer with
                {
                    InputLine = line.ToNullable(),
                },
                AnswerJsonContext.Output.AnswerJson
            )
        );

    // The request is not kept, so the message does not name it.
    private static ErrorJson? ErrorOf(Reply reply)
    {
        if (!reply.IsError)
        {
            return null;
        }

        var word = reply.AsText.Map(static text => Quote.Of(text.Bytes)).IfNone("");
        var advice = reply.AsError.Map(static known => $" {known.Description} {known.Advice}").IfNone("");
        var error = new ClientError.ErrorReply(PendingOperation.Request, reply.AsError, word);
        return new ErrorJson(
            error.Code,
            $"{error.Source}",
            $"Error {word}.{advice}",
            ExitCodes.ErrorReply.Code
        );
    }

    // ERROR is the only reply with an R there: the others need not be parsed.
    private static bool MayBeError(ReadOnlySpan<byte> line) => line is [_, (byte)'R' or (byte)'r', ..];
}
