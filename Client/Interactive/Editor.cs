using System.Text;
using LanguageExt;

namespace TinyTcp.Cli.Interactive;

/// <summary>The line editor: a pure function of keys.</summary>
/// <param name="Line">The line as it is shown.</param>
/// <param name="History">The lines asked before.</param>
internal sealed record Editor(Line Line, History History)
{
    /// <summary>How many lines history was walked back; 0 on the line that is being typed.</summary>
    internal int Back { get; private init; }

    /// <summary>The line that was begun before history was walked.</summary>
    private Line Begun { get; init; } = Line.Empty;

    /// <summary>What was killed last.</summary>
    private string Killed { get; init; } = "";

    /// <summary>An empty line.</summary>
    internal static Editor With(History history) => new(Line.Empty, history);

    /// <summary>The search that the line comes from.</summary>
    internal Option<Search> Search { get; private init; }

    /// <summary>Does what a key asks for.</summary>
    internal (Editor Next, EditorEffect Effect) Step(Key key) =>
        Search.Match(Some: search => Seek(search, key), None: () => Edit(key));

    private (Editor Next, EditorEffect Effect) Edit(Key key) =>
        key.Match(
            other: Bell,
            typed: Type,
            move: motion => Edit(Line.Move(motion)),
            erase: motion => Edit(Line.Erase(motion)),
            kill: Kill,
            yank: () => Edit(Line.Insert(Killed)),
            older: () => Walk(Back + 1),
            newer: () => Walk(Back - 1),
            search: () => Show(Interactive.Search.From(this)),
            abandon: Bell,
            complete: Complete,
            accept: () => (Fresh(History.With(Line.Text)), EditorEffect.Accepted(Line)),
            interrupt: () => (Fresh(History), EditorEffect.Interrupted(Line)),
            deleteOrLeave: () =>
                Line.Text.Length == 0 ? (this, EditorEffect.Leave) : Edit(Line.Erase(Motion.Right)),
            clear: () => (this, EditorEffect.Clear),
            suspend: () => (this, EditorEffect.Suspend),
            gone: () => (this, EditorEffect.Leave)
        );

    private (Editor, EditorEffect) Seek(Search search, Key key) =>
        key.Match(
            other: () => Leave(key),
            typed: rune => Show(search.More(rune.ToString())),
            move: _ => Leave(key),
            erase: motion => motion == Motion.Left ? Show(search.Less()) : Leave(key),
            kill: _ => Leave(key),
            yank: () => Leave(key),
            older: () => Leave(key),
            newer: () => Leave(key),
            search: () => Show(search.Further()),
            abandon: () => (search.Before, EditorEffect.None),
            complete: () => Leave(key),
            accept: () => Leave(key),
            interrupt: () => Leave(key),
            deleteOrLeave: () => Leave(key),
            clear: () => Leave(key),
            suspend: () => Leave(key),
            gone: () => Leave(key)
        );

    private (Editor, EditorEffect) Show(Option<Search> found) =>
        found.Match(
            Some: search =>
                (
                    (search.Wanted.Length > 0 ? search.Before.Walk(search.Back).Editor : search.Before) with
                    {
                        Search = search,
                    },
                    EditorEffect.None
                ),
            None: Bell
        );

    /// <summary>Takes what was found for the line, and does what the key asks for there.</summary>
    private (Editor, EditorEffect) Leave(Key key)
    {
        var (next, effect) = (this with { Search = default }).Edit(key);
        return (next, effect == EditorEffect.Bell ? EditorEffect.None : effect);
    }

    private (Editor, EditorEffect) Type(Rune rune) => Edit(Line.Insert(rune.ToString()));

    /// <summary>A key that changes nothing says so.</summary>
    private (Editor, EditorEffect) Edit(Line line) =>
        line == Line ? Bell() : (this with { Line = line }, EditorEffect.None);

    private (Editor, EditorEffect) Bell() => (this, EditorEffect.Bell);

    private (Editor, EditorEffect) Kill(Motion motion)
    {
        var killed = Line.Passed(motion);
        return killed.Length == 0
            ? Bell()
            : (this with { Line = Line.Erase(motion), Killed = killed }, EditorEffect.None);
    }

    private (Editor Editor, EditorEffect Effect) Walk(int back)
    {
        var begun = Back == 0 ? Line : Begun;
        return back < 0 || back > History.Lines.Count ? Bell()
            : back == 0 ? (this with { Line = begun, Back = 0 }, EditorEffect.None)
            : (
                this with
                {
                    Line = Line.Of(History.Back(back)),
                    Back = back,
                    Begun = begun,
                },
                EditorEffect.None
            );
    }

    /// <summary>Takes the hint; behind a verb a Tab is a character like any other, as in a text that is pasted.</summary>
    private (Editor, EditorEffect) Complete() =>
        Suggestion
            .For(Line)
            .Match(
                Some: suggestion => Edit(Line.Of(suggestion.Completed)),
                None: () =>
                    Line.Text.Trim().Contains(' ', StringComparison.Ordinal) ? Type(new Rune('\t')) : Bell()
            );

    private Editor Fresh(History history) => With(history) with { Killed = Killed };
}
