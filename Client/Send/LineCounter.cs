using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Cli.Send;

/// <summary>
/// The line numbers of requests in an input: blank lines are no requests (F-3). Keeps only what lies between the oldest request
/// without a reply and the end of what was read. Thread-safe.
/// </summary>
internal sealed class LineCounter
{
    private readonly Lock gate = new();

    // The blank lines before a request, for each request behind some.
    private readonly Queue<(long Request, long BlankLines)> changes = new();
    private long requests;
    private long blankLines;
    private long blankLinesBefore;
    private long recordedBlankLines;
    private bool isBlank = true;

    /// <summary>Adds the next bytes of the input.</summary>
    internal void Add(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            var rest = bytes.Span;
            for (var end = rest.IndexOf(Grammar.Lf); end >= 0; end = rest.IndexOf(Grammar.Lf))
            {
                AddLine(isBlank && Grammar.IsBlank(rest[..end]));
                rest = rest[(end + 1)..];
            }

            isBlank &= Grammar.IsBlank(rest);
        }
    }

    /// <summary>The number of a request's line, from 1; none if the input has not got so far.</summary>
    /// <param name="request">The number of the request, from 1, at least that of the call before.</param>
    internal Option<long> LineOf(long request)
    {
        lock (gate)
        {
            while (changes.TryPeek(out var next) && next.Request <= request)
            {
                blankLinesBefore = changes.Dequeue().BlankLines;
            }

            return request <= requests ? request + blankLinesBefore
                : request == requests + 1 && !isBlank ? request + blankLines
                : Option<long>.None;
        }
    }

    private void AddLine(bool isBlankLine)
    {
        isBlank = true;
        if (isBlankLine)
        {
            blankLines++;
            return;
        }

        requests++;
        if (recordedBlankLines < blankLines)
        {
            changes.Enqueue((requests, blankLines));
            recordedBlankLines = blankLines;
        }
    }
}
