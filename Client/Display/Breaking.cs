namespace TinyTcp.Cli.Display;

/// <summary>Sentences broken between words, before a terminal breaks them where it likes.</summary>
internal static class Breaking
{
    /// <summary>The lines of a printable text.</summary>
    /// <param name="start">What the first line begins with.</param>
    /// <param name="indent">What the others begin with.</param>
    /// <param name="text">The text.</param>
    /// <param name="room">The most columns of a line; more than the indent's.</param>
    internal static IEnumerable<string> Lines(string start, string indent, string text, int room)
    {
        var line = start;
        var isEmpty = true;
        foreach (var word in text.Split(' ').SelectMany(word => Pieces(word, room - Columns.Of(indent))))
        {
            if (!isEmpty && Columns.Of(line) + 1 + Columns.Of(word) > room)
            {
                yield return line;
                (line, isEmpty) = (indent, true);
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
        while (Columns.Of(rest) > room && Columns.First(rest, room) is { Length: > 0 } piece)
        {
            yield return piece;
            rest = rest[piece.Length..];
        }

        yield return rest;
    }
}
