using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>The line editor as a value: each action gives the next editor and an effect.</summary>
/// <param name="Line">The line as it is shown.</param>
/// <param name="History">The lines that were accepted before.</param>
internal sealed record Editor(LineBuffer Line, History History)
{
    private static readonly EditorEffect None = new EditorEffect.None();

    /// <summary>The position in the history, counted from the newest line; 0 is the line being typed.</summary>
    internal int HistoryOffset { get; private init; }

    /// <summary>The search under way.</summary>
    internal Option<ReverseSearch> Search { get; private init; }

    /// <summary>The line being typed, while a history line is shown.</summary>
    private LineBuffer DraftLine { get; init; } = LineBuffer.Empty;

    private string KillBuffer { get; init; } = "";

    internal static Editor Create(History history) => new(LineBuffer.Empty, history);

    internal (Editor Next, EditorEffect Effect) Apply(EditorAction action) =>
        Search.Match(Some: search => ApplyInSearch(search, action), None: () => ApplyToLine(action));

    private (Editor Next, EditorEffect Effect) ApplyToLine(EditorAction action) =>
        action switch
        {
            EditorAction.SelfInsert insert => ReplaceLine(Line.Insert(insert.Text)),
            EditorAction.MoveCursor move => ReplaceLine(Line.Move(move.Motion)),
            EditorAction.Delete delete => ReplaceLine(Line.Delete(delete.Motion)),
            EditorAction.Kill kill => Kill(kill.Motion),
            EditorAction.Yank => ReplaceLine(Line.Insert(KillBuffer)),
            EditorAction.PreviousHistory => MoveInHistory(HistoryOffset + 1),
            EditorAction.NextHistory => MoveInHistory(HistoryOffset - 1),
            EditorAction.ReverseSearchHistory => (Show(ReverseSearch.Start(this)), None),
            EditorAction.Complete when Line.Length == 0 => (this, new EditorEffect.ListCommands()),
            EditorAction.Complete => Complete(),
            EditorAction.AcceptLine => (Reset(History.Add(Line.Text)), new EditorEffect.Accepted(Line)),
            EditorAction.Interrupt => (Reset(History), new EditorEffect.Interrupted(Line)),
            EditorAction.DeleteOrEof when Line.Length > 0 => ReplaceLine(Line.Delete(Motion.Right)),
            EditorAction.DeleteOrEof or EditorAction.EndOfInput => (this, new EditorEffect.Exit()),
            EditorAction.ClearScreen => (this, new EditorEffect.ClearScreen()),
            EditorAction.Suspend => (this, new EditorEffect.Suspend()),
            _ => Bell(),
        };

    private (Editor, EditorEffect) ApplyInSearch(ReverseSearch search, EditorAction action) =>
        action switch
        {
            EditorAction.SelfInsert insert => ShowMatch(search.Append(insert.Text)),
            EditorAction.Delete delete when delete.Motion == Motion.Left => ShowMatch(search.Backspace()),
            EditorAction.ReverseSearchHistory => ShowMatch(search.Next()),
            EditorAction.Abort => (search.Original, None),
            _ => ExitSearch(action),
        };

    private (Editor, EditorEffect) ShowMatch(Option<ReverseSearch> match) =>
        match.Match(Some: static search => (Show(search), None), None: Bell);

    private static Editor Show(ReverseSearch search)
    {
        var shown =
            search.Query.Length > 0
                ? search.Original.MoveInHistory(search.HistoryOffset).Editor
                : search.Original;
        return shown with { Search = search };
    }

    /// <summary>Keeps the line that was found and applies the action to it.</summary>
    private (Editor, EditorEffect) ExitSearch(EditorAction action)
    {
        var (next, effect) = (this with { Search = default }).ApplyToLine(action);
        return (next, effect is EditorEffect.Bell ? None : effect);
    }

    private (Editor, EditorEffect) ReplaceLine(LineBuffer line) =>
        line.Equals(Line) ? Bell() : (this with { Line = line }, None);

    private (Editor, EditorEffect) Bell() => (this, new EditorEffect.Bell());

    private (Editor, EditorEffect) Kill(Motion motion)
    {
        var killed = Line.TextOver(motion);
        return killed.Length == 0
            ? Bell()
            : (this with { Line = Line.Delete(motion), KillBuffer = killed }, None);
    }

    private (Editor Editor, EditorEffect Effect) MoveInHistory(int offset)
    {
        if (offset < 0 || offset > History.Lines.Count)
        {
            return Bell();
        }

        var draft = HistoryOffset == 0 ? Line : DraftLine;
        var line = offset == 0 ? draft : LineBuffer.From(History.FromEnd(offset));
        return (
            this with
            {
                Line = line,
                HistoryOffset = offset,
                DraftLine = offset == 0 ? DraftLine : draft,
            },
            None
        );
    }

    /// <summary>Accepts the suggestion. After the first word Tab inserts itself, as in pasted text.</summary>
    private (Editor, EditorEffect) Complete() =>
        Suggestion
            .For(Line)
            .Match(
                Some: suggestion => ReplaceLine(LineBuffer.From(suggestion.Completed)),
                None: () => HasFirstWord() ? ReplaceLine(Line.Insert("\t")) : Bell()
            );

    // A line without a suggestion for its length has one; its text is not joined for each pasted Tab.
    private bool HasFirstWord() =>
        Line.Length > Suggestion.MaxLineLength || Line.Text.Trim().Contains(' ', StringComparison.Ordinal);

    private Editor Reset(History history) => Create(history) with { KillBuffer = KillBuffer };
}
