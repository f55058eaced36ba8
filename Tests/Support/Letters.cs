using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Support;

/// <summary>Letter cases and white space chosen by a number.</summary>
internal static class Letters
{
    /// <summary>The nth letter is a capital where the number's nth bit is set, else a small one (ASCII only).</summary>
    internal static string Recase(string word, int mask) =>
        string.Concat(
            word.Select(
                (c, at) => (mask >> (at % 32) & 1) == 1 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)
            )
        );

    /// <summary>One to five white spaces of the five kinds.</summary>
    internal static string White(int choice)
    {
        var number = (uint)choice;
        var length = 1 + (int)(number % 5);
        return string.Concat(
            Enumerable.Range(0, length).Select(at => Texts.WhiteSpace[(int)((number >> (3 * at)) % 5)])
        );
    }
}
