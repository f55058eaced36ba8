using TinyTcp.Core.Wire;

namespace TinyTcp.Client.Batches;

/// <summary>A piece of the requests on their way: whole lines, but for one that is longer than a piece.</summary>
/// <param name="Buffer">Where it is; given back once its requests have been answered.</param>
/// <param name="Length">How many bytes of it leave.</param>
/// <param name="RequestRange">
/// Where in it the requests are that begin in it: from the first line's start to the last request's end. Only the last can
/// be without its LF: then it goes on in the next piece.
/// </param>
/// <param name="CompletedChunks">How many pieces it completes, itself and the one before: of those all replies are due.</param>
internal readonly record struct Chunk(byte[] Buffer, int Length, Range RequestRange, int CompletedChunks)
{
    /// <summary>What leaves.</summary>
    internal ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    /// <summary>The requests that begin in it; empty where there are none. Between them may be empty lines.</summary>
    internal ReadOnlyMemory<byte> Requests => Buffer.AsMemory(RequestRange);

    /// <summary>
    /// Makes a piece of what a caller gave. Of a blank line only its LF is left: a server whose lines are shorter would answer
    /// it (F-4), another would not (F-3).
    /// </summary>
    /// <param name="buffer">Where it is; it is written to.</param>
    /// <param name="length">How much of it there is: up to some line's end; or a part of a line, from its first word on.</param>
    /// <param name="continues">Whether it begins in the middle of a line.</param>
    internal static Chunk From(byte[] buffer, int length, bool continues)
    {
        var given = buffer.AsSpan(0, length);
        var begin = continues ? given.IndexOf(Grammar.Lf) + 1 : 0;
        if (given[^1] != Grammar.Lf)
        {
            return new(buffer, length, continues ? ..0 : ..length, CompletedChunks: 0);
        }

        var (from, to, end) = (begin, begin, begin);
        while (from < length)
        {
            var line = given.Slice(from, given[from..].IndexOf(Grammar.Lf) + 1);
            var isBlank = Grammar.IsBlank(line[..^1]);
            var kept = isBlank ? line[^1..] : line;
            kept.CopyTo(given[to..]);
            (from, to) = (from + line.Length, to + kept.Length);
            end = isBlank ? end : to;
        }

        return new(buffer, to, begin..end, CompletedChunks: (continues ? 1 : 0) + (end > begin ? 1 : 0));
    }
}
