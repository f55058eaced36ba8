namespace TinyTcp.Cli.Terminals;

/// <summary>Wraps text between words.</summary>
internal static class WordWrap
{
    /// <summary>Wraps a printable text.</summary>
    /// <param name="prefix">The start of the first line.</param>
    /// <param name="indent">The start of the other lines.</param>
    /// <param name="text">The text.</param>
    /// <param name="width">The maximum columns of a line; more than the indent's.</param>
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

    /// <summary>Cuts a word that is longer than a line.</summary>
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
