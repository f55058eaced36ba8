using LanguageExt;
using TinyTcp.Cli.Display;

namespace TinyTcp.Cli.Interactive;

/// <summary>
/// A search through the lines asked before, the latest first. What is wanted always stands in the line that is shown: a
/// key that would find nothing changes nothing.
/// </summary>
/// <param name="Before">The editor as it was when the search began.</param>
/// <param name="Wanted">What has been typed of what is wanted; letter case does not count.</param>
/// <param name="Back">How many lines the one that was found lies back.</param>
internal sealed record Search(Editor Before, string Wanted, int Back)
{
    /// <summary>Nothing is wanted yet: what is shown is what was there.</summary>
    internal static Search From(Editor before) => new(before, "", before.Back);

    /// <summary>The latest line that holds more of what is wanted, from the one that is shown on.</summary>
    internal Option<Search> More(string typed) => Find(Wanted + typed, Math.Max(1, Back));

    /// <summary>The latest line that holds less of it.</summary>
    internal Option<Search> Less() =>
        TextElements.Before(Wanted, Wanted.Length) is > 0 and var rest ? Find(Wanted[..rest], 1)
        : Wanted.Length > 0 ? From(Before)
        : Option<Search>.None;

    /// <summary>The next line back that holds it.</summary>
    internal Option<Search> Further() => Wanted.Length > 0 ? Find(Wanted, Back + 1) : Option<Search>.None;

    private Option<Search> Find(string wanted, int from) =>
        Enumerable
            .Range(from, Math.Max(0, Before.History.Lines.Count - from + 1))
            .Where(back => Before.History.Back(back).Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .Select(back => this with { Wanted = wanted, Back = back })
            .HeadOrNone();
}
