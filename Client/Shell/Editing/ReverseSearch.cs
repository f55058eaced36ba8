using LanguageExt;
using TinyTcp.Cli.Terminals;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>
/// A search through the history, newest line first. The line that is shown always contains the query: a key that would
/// find nothing changes nothing.
/// </summary>
/// <param name="Original">The editor when the search began.</param>
/// <param name="Query">The text to find, in any letter case.</param>
/// <param name="HistoryOffset">The position of the match, counted from the newest line.</param>
internal sealed record ReverseSearch(Editor Original, string Query, int HistoryOffset)
{
    internal static ReverseSearch Start(Editor original) => new(original, "", original.HistoryOffset);

    /// <summary>Extends the query by a text, or by as much of its start as is found, and searches from the current match on.</summary>
    internal Option<ReverseSearch> Append(string text) =>
        Find(Query + text, Math.Max(1, HistoryOffset)) || AppendStart(text);

    /// <summary>Shortens the query and searches from the newest line.</summary>
    internal Option<ReverseSearch> Backspace() =>
        TextElements.PreviousBoundary(Query, Query.Length) is > 0 and var length ? Find(Query[..length], 1)
        : Query.Length > 0 ? Start(Original)
        : Option<ReverseSearch>.None;

    /// <summary>The next older match.</summary>
    internal Option<ReverseSearch> Next() =>
        Query.Length > 0 ? Find(Query, HistoryOffset + 1) : Option<ReverseSearch>.None;

    private Option<ReverseSearch> AppendStart(string text) =>
        Enumerable
            .Range(1, text.Length)
            .Where(length => length == text.Length || !char.IsLowSurrogate(text[length]))
            .Select(length => Find(Query + text[..length], Math.Max(1, HistoryOffset)))
            .TakeWhile(static found => found.IsSome)
            .LastOrDefault();

    private Option<ReverseSearch> Find(string query, int first) =>
        Enumerable
            .Range(first, Math.Max(0, Original.History.Lines.Count - first + 1))
            .Where(offset =>
                Original.History.FromEnd(offset).Contains(query, StringComparison.OrdinalIgnoreCase)
            )
            .Select(offset => this with { Query = query, HistoryOffset = offset })
            .HeadOrNone();
}
