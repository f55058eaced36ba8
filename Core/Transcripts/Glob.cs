using System;
using System.Linq;
using System.Text;

namespace TinyTcp.Core.Transcripts;

/// <summary>Patterns as of file names: <c>*</c> is any text, <c>?</c> any character, <c>#</c> any digit.</summary>
internal static class Glob
{
    private static readonly Rune AnyText = new('*');
    private static readonly Rune AnyCharacter = new('?');
    private static readonly Rune AnyDigit = new('#');

    /// <summary>Whether a text matches. Takes at most time in proportion to the product of the lengths.</summary>
    internal static bool Matches(string pattern, string text)
    {
        Rune[] wanted = [.. pattern.EnumerateRunes()];
        Rune[] given = [.. text.EnumerateRunes()];
        var (at, next) = (0, 0);
        // After the last star, and how much of the text it has taken.
        var (afterStar, taken) = (-1, 0);
        while (next < given.Length)
        {
            if (at < wanted.Length && wanted[at] == AnyText)
            {
                (afterStar, taken) = (++at, next);
            }
            else if (at < wanted.Length && IsOne(wanted[at], given[next]))
            {
                (at, next) = (at + 1, next + 1);
            }
            else if (afterStar >= 0)
            {
                (at, next) = (afterStar, ++taken);
            }
            else
            {
                return false;
            }
        }

        return wanted.Skip(at).All(static rest => rest == AnyText);
    }

    /// <summary>A text that matches.</summary>
    internal static string Example(string pattern) =>
        pattern.Replace("*", "", StringComparison.Ordinal).Replace('?', 'x').Replace('#', '0');

    private static bool IsOne(Rune wanted, Rune given) =>
        wanted == AnyCharacter
        || wanted == given
        || (wanted == AnyDigit && given.IsAscii && Rune.IsDigit(given));
}
