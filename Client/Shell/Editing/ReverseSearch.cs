using LanguageExt;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// A search through the lines asked before, the latest first. What is wanted always stands in the line that is shown: a
/// key that would find nothing changes nothing.
/// </summary>
/// <param name="Original">The editor as it was when the search began.</param>
/// <param name="Query">What has been typed of what is wanted; letter case does not count.</param>
/// <param name="HistoryOffset">How many lines the one that was found lies back.</param>
internal sealed record ReverseSearch(Editor Original, string Query, int HistoryOffset)
{
    /// <summary>Nothing is wanted yet: what is shown is what was there.</summary>
    internal static ReverseSearch Start(Editor original) => new(original, "", original.HistoryOffset);

    /// <summary>The latest line that holds more of what is wanted, from the one that is shown on.</summary>
    internal Option<ReverseSearch> Append(string typed) => Find(Query + typed, Math.Max(1, HistoryOffset));

    /// <summary>The latest line that holds less of it.</summary>
    internal Option<ReverseSearch> Backspace() =>
        TextElements.PreviousBoundary(Query, Query.Length) is > 0 and var rest ? Find(Query[..rest], 1)
        : Query.Length > 0 ? Start(Original)
        : Option<ReverseSearch>.None;

    /// <summary>The next line back that holds it.</summary>
    internal Option<ReverseSearch> Next() =>
        Query.Length > 0 ? Find(Query, HistoryOffset + 1) : Option<ReverseSearch>.None;

    private Option<ReverseSearch> Find(string query, int offset) =>
        Enumerable
            .Range(offset, Math.Max(0, Original.History.Lines.Count - offset + 1))
            .Where(back => Original.History.FromEnd(back).Contains(query, StringComparison.OrdinalIgnoreCase))
            .Select(back => this with { Query = query, HistoryOffset = back })
            .HeadOrNone();
}
