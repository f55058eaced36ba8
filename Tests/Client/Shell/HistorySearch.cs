using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Shell.Editing;
using TinyTcp.Tests.Core.Generators;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>A history, a part of one of its lines in any letter case, and the draft that was typed before.</summary>
public sealed record HistorySearch
{
    private static readonly string[] Words =
    [
        "TIME",
        "ECHO",
        "echo one",
        "two",
        "HELP",
        "ñandú",
        "e\u0301",
        "漢字",
    ];

    private readonly string[] lines;

    private HistorySearch(string[] lines, string query, string draft) =>
        (this.lines, History, Query, Draft) = (lines, History.From(lines), query, draft);

    internal static Gen<HistorySearch> Any =>
        from lines in Line.NonEmptyListOf()
        from line in Gen.Elements(lines.ToArray())
        from start in Gen.Choose(0, line.Length - 1)
        from length in Gen.Choose(1, Math.Min(4, line.Length - start))
        from query in Texts.AnyCase(line.Substring(start, length))
        from draft in Line
        select new HistorySearch([.. lines], query, draft);

    internal string Query { get; }

    internal string Draft { get; }

    internal History History { get; }

    private static Gen<string> Line =>
        from words in Gen.Elements(Words).NonEmptyListOf()
        select string.Join(' ', words.Take(4));

    internal static IEnumerable<HistorySearch> Shrink(HistorySearch search) =>
        Shrinking
            .Shorter(search.lines)
            .Select(shorter => new HistorySearch(shorter, search.Query, search.Draft))
            .Append(new HistorySearch(search.lines, search.Query, "a"))
            .Concat(
                Shrinking
                    .Shorter(search.Query.ToCharArray())
                    .Select(shorter => new HistorySearch(search.lines, new(shorter), search.Draft))
            )
            .Where(smaller => smaller != search && smaller.Query.Length > 0)
            .Where(static smaller => smaller.Matches.Any());

    /// <summary>The lines that contain the query, newest first.</summary>
    internal IEnumerable<string> Matches =>
        History.Lines.Reverse().Where(line => line.Contains(Query, StringComparison.OrdinalIgnoreCase));

    /// <summary>The editor with the draft, before the search.</summary>
    internal Editor ToEditor() => Editor.Create(History).After(EditorActions.Typing(Draft));

    /// <summary>The editor after Ctrl-R and the query.</summary>
    internal Editor Start() =>
        ToEditor().After([new EditorAction.ReverseSearchHistory(), .. EditorActions.Typing(Query)]);

    public override string ToString() => $"'{Query}' in ['{string.Join("', '", lines)}'], draft '{Draft}'";
}
