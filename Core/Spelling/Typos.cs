using System;
using System.Collections.Generic;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Spelling;

/// <summary>
/// Finds the name that a mistyped word is most similar to, for "Did you mean". Upper and lower case are the same.
/// </summary>
/// <remarks>
/// System.CommandLine has such a function, but its action prints colors to the terminal, and knows options and commands only.
/// </remarks>
public static class Typos
{
    /// <summary>The most similar name, if at most a third of the word is wrong.</summary>
    /// <param name="word">The mistyped word.</param>
    /// <param name="names">The names that it may stand for.</param>
    /// <returns>One of the names; none if none is similar.</returns>
    public static Option<string> FindSimilar(string word, IEnumerable<string> names) =>
        names
            .Select(name => (Name: name, Distance: Distance(word, name)))
            .Where(candidate => candidate.Distance <= word.Length / 3)
            .OrderBy(static candidate => candidate.Distance)
            .Select(static candidate => candidate.Name)
            .ToOption();

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
        var substituted =
            distances[row - 1, column - 1] + (AreSame(left[row - 1], right[column - 1]) ? 0 : 1);
        var changed = 1 + Math.Min(distances[row - 1, column], distances[row, column - 1]);
        var isSwap =
            row > 1
            && column > 1
            && AreSame(left[row - 1], right[column - 2])
            && AreSame(left[row - 2], right[column - 1]);
        var swapped = isSwap ? distances[row - 2, column - 2] + 1 : int.MaxValue;
        return Math.Min(Math.Min(substituted, changed), swapped);
    }

    private static bool AreSame(char left, char right) =>
        char.ToLowerInvariant(left) == char.ToLowerInvariant(right);
}
