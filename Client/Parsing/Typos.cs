using LanguageExt;

namespace TinyTcp.Cli.Parsing;

/// <summary>
/// Finds the name that a mistyped word is most similar to. System.CommandLine has such a function, but its action prints
/// colors to the terminal and does not look at words that an argument accepts.
/// </summary>
internal static class Typos
{
    /// <summary>The most similar name, if at most a third of the word is wrong.</summary>
    internal static Option<string> FindSimilar(string word, IEnumerable<string> names) =>
        names
            .Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(candidate => candidate.Distance <= word.Length / 3)
            .OrderBy(static candidate => candidate.Distance)
            .Select(static candidate => candidate.Name)
            .HeadOrNone();

    /// <summary>How many insertions, deletions, substitutions and swaps of neighbors turn one word into the other.</summary>
    private static int Distance(string left, string right)
    {
        var distances = new int[left.Length + 1, right.Length + 1];
        for (var row = 0; row <= left.Length; row++)
        {
            for (var column = 0; column <= right.Length; column++)
            {
                distances[row, column] =
                    row == 0 || column == 0 ? row + column : Distance(left, right, distances, row, column);
            }
        }

        return distances[left.Length, right.Length];
    }

    private static int Distance(string left, string right, int[,] distances, int row, int column)
    {
        var substituted = distances[row - 1, column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
        var changed = 1 + Math.Min(distances[row - 1, column], distances[row, column - 1]);
        var isSwap =
            row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1];
        var swapped = isSwap ? distances[row - 2, column - 2] + 1 : int.MaxValue;
        return Math.Min(Math.Min(substituted, changed), swapped);
    }
}
