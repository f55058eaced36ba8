namespace TinyTcp.Cli.Terminals;

/// <summary>Sentences broken between words, before a terminal breaks them where it likes.</summary>
internal static class WordWrap
{
    /// <summary>The lines of a printable text.</summary>
    /// <param name="prefix">What the first line begins with.</param>
    /// <param name="indent">What the others begin with.</param>
    /// <param name="text">The text.</param>
    /// <param name="width">The most columns of a line; more than the indent's.</param>
    internal static IEnumerable<string> Wrap(string prefix, string indent, string text, int width)
    {
        var line = prefix;
        var isEmpty = true;
        foreach (
            var word in text.Split(' ').SelectMany(word => SplitWord(word, width - DisplayWidth.Of(indent)))
        )
        {
            if (!isEmpty && DisplayWidth.Of(line) + 1 + DisplayWidth.Of(word) > width)
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
    private static IEnumerable<string> SplitWord(string word, int width)
    {
        var rest = word;
        while (DisplayWidth.Of(rest) > width && DisplayWidth.TakeStart(rest, width) is { Length: > 0 } piece)
        {
            yield return piece;
            rest = rest[piece.Length..];
        }

        yield return rest;
    }
}
