namespace TinyTcp.Tests.Core.Generators;

/// <summary>Letter case and white space, determined by a number.</summary>
internal static class Letters
{
    /// <summary>Makes the nth letter upper case if the mask's nth bit is set, else lower case (ASCII only).</summary>
    internal static string Recase(string word, int mask) =>
        string.Concat(
            word.Select(
                (c, at) => (mask >> (at % 32) & 1) == 1 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c)
            )
        );

    /// <summary>One to five white-space characters.</summary>
    internal static string White(int seed)
    {
        var number = (uint)seed;
        var length = 1 + (int)(number % 5);
        return string.Concat(
            Enumerable.Range(0, length).Select(at => Texts.WhiteSpace[(int)((number >> (3 * at)) % 5)])
        );
    }
}
