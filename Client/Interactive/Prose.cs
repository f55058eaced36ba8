namespace TinyTcp.Cli.Interactive;

/// <summary>Sentences of ours between the server's lines: marked, and broken between words before a terminal breaks them.</summary>
internal static class Prose
{
    /// <summary>How such a line begins; it is how a transcript marks what nobody said.</summary>
    internal const string Mark = "# ";

    private const string Indent = "  ";

    /// <summary>The lines of a printable text.</summary>
    internal static IEnumerable<string> Lines(string text, int width)
    {
        var room = Math.Max(Mark.Length + 2, width - 1);
        var line = Mark;
        var isEmpty = true;
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, room - Mark.Length)))
        {
            if (!isEmpty && Columns.Of(line) + 1 + Columns.Of(word) > room)
            {
                yield return line;
                (line, isEmpty) = (Indent, true);
            }

            line += isEmpty ? word : $" {word}";
            isEmpty = false;
        }

        yield return line;
    }

    /// <summary>A word, cut where it is longer than a line.</summary>
    private static IEnumerable<string> Pieces(string word, int room)
    {
        var rest = word;
        while (Columns.Of(rest) > room && Columns.Fit(rest, room) is { Length: > 0 } piece)
        {
            yield return piece;
            rest = rest[piece.Length..];
        }

        yield return rest;
    }
}
