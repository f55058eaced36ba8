using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Shell.Editing;

/// <summary>The line editor: a pure function of keys.</summary>
/// <param name="Line">The line as it is shown.</param>
/// <param name="History">The lines asked before.</param>
internal sealed record Editor(LineBuffer Line, History History)
{
    /// <summary>How many lines history was walked back; 0 on the line that is being typed.</summary>
    internal int HistoryOffset { get; private init; }

    /// <summary>The line that was begun before history was walked.</summary>
    private LineBuffer DraftLine { get; init; } = LineBuffer.Empty;

    /// <summary>What was killed last.</summary>
    private string KillBuffer { get; init; } = "";

    /// <summary>An empty line.</summary>
    internal static Editor Create(History history) => new(LineBuffer.Empty, history);

    /// <summary>The search that the line comes from.</summary>
    internal Option<ReverseSearch> Search { get; private init; }

    /// <summary>Does what a key asks for.</summary>
    internal (Editor Next, EditorEffect Effect) Apply(EditorAction action) =>
        Search.Match(Some: search => ApplyInSearch(search, action), None: () => Edit(action));

    private (Editor Next, EditorEffect Effect) Edit(EditorAction action) =>
        action.Match(
            undefined: Bell,
            selfInsert: Insert,
            moveCursor: motion => Edit(Line.Move(motion)),
            delete: motion => Edit(Line.Delete(motion)),
            kill: Kill,
            yank: () => Edit(Line.Insert(KillBuffer)),
            previousHistory: () => MoveInHistory(HistoryOffset + 1),
            nextHistory: () => MoveInHistory(HistoryOffset - 1),
            reverseSearchHistory: () => ShowMatch(TinyTcp.Cli.Shell.Editing.ReverseSearch.Start(this)),
            abort: Bell,
            complete: Complete,
            acceptLine: () => (Reset(History.Add(Line.Text)), EditorEffect.Accepted(Line)),
            interrupt: () => (Reset(History), EditorEffect.Interrupted(Line)),
            deleteOrEof: () =>
                Line.Text.Length == 0 ? (this, EditorEffect.Exit) : Edit(Line.Delete(Motion.Right)),
            clearScreen: () => (this, EditorEffect.ClearScreen),
            suspend: () => (this, EditorEffect.Suspend),
            endOfInput: () => (this, EditorEffect.Exit)
        );

    private (Editor, EditorEffect) ApplyInSearch(ReverseSearch search, EditorAction action) =>
        action.Match(
            undefined: () => ExitSearch(action),
            selfInsert: rune => ShowMatch(search.Append(rune.ToString())),
            moveCursor: _ => ExitSearch(action),
            delete: motion => motion == Motion.Left ? ShowMatch(search.Backspace()) : ExitSearch(action),
            kill: _ => ExitSearch(action),
            yank: () => ExitSearch(action),
            previousHistory: () => ExitSearch(action),
            nextHistory: () => ExitSearch(action),
            reverseSearchHistory: () => ShowMatch(search.Next()),
            abort: () => (search.Original, EditorEffect.None),
            complete: () => ExitSearch(action),
            acceptLine: () => ExitSearch(action),
            interrupt: () => ExitSearch(action),
            deleteOrEof: () => ExitSearch(action),
            clearScreen: () => ExitSearch(action),
            suspend: () => ExitSearch(action),
            endOfInput: () => ExitSearch(action)
        );

    private (Editor, EditorEffect) ShowMatch(Option<ReverseSearch> found) =>
        found.Match(
            Some: search =>
                (
                    (
                        search.Query.Length > 0
                            ? search.Original.MoveInHistory(search.HistoryOffset).Editor
                            : search.Original
                    ) with
                    {
                        Search = search,
                    },
                    EditorEffect.None
                ),
            None: Bell
        );

    /// <summary>Takes what was found for the line, and does what the key asks for there.</summary>
    private (Editor, EditorEffect) ExitSearch(EditorAction action)
    {
        var (next, effect) = (this with { Search = default }).Edit(action);
        return (next, effect == EditorEffect.Bell ? EditorEffect.None : effect);
    }

    private (Editor, EditorEffect) Insert(Rune rune) => Edit(Line.Insert(rune.ToString()));

    /// <summary>A key that changes nothing says so.</summary>
    private (Editor, EditorEffect) Edit(LineBuffer line) =>
        line == Line ? Bell() : (this with { Line = line }, EditorEffect.None);

    private (Editor, EditorEffect) Bell() => (this, EditorEffect.Bell);

    private (Editor, EditorEffect) Kill(Motion motion)
    {
        var killed = Line.TextOver(motion);
        return killed.Length == 0
            ? Bell()
            : (this with { Line = Line.Delete(motion), KillBuffer = killed }, EditorEffect.None);
    }

    private (Editor Editor, EditorEffect Effect) MoveInHistory(int offset)
    {
        var begun = HistoryOffset == 0 ? Line : DraftLine;
        return offset < 0 || offset > History.Lines.Count ? Bell()
            : offset == 0 ? (this with { Line = begun, HistoryOffset = 0 }, EditorEffect.None)
            : (
                this with
                {
                    Line = LineBuffer.From(History.FromEnd(offset)),
                    HistoryOffset = offset,
                    DraftLine = begun,
                },
                EditorEffect.None
            );
    }

    /// <summary>Takes the hint; behind a verb a Tab is a character like any other, as in a text that is pasted.</summary>
    private (Editor, EditorEffect) Complete() =>
        Suggestion
            .For(Line)
            .Match(
                Some: suggestion => Edit(LineBuffer.From(suggestion.Completed)),
                None: () =>
                    Line.Text.Trim().Contains(' ', StringComparison.Ordinal) ? Insert(new Rune('\t')) : Bell()
            );

    private Editor Reset(History history) => Create(history) with { KillBuffer = KillBuffer };
}
