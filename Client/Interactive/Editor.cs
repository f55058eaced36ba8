using System.Text;

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

    /// <summary>Does what a key asks for.</summary>
    internal (Editor Next, EditorEffect Effect) Step(Key key) =>
        key.Match(
            other: () => Bell(),
            typed: Type,
            move: motion => Edit(Line.Move(motion)),
            erase: motion => Edit(Line.Erase(motion)),
            kill: Kill,
            yank: () => Edit(Line.Insert(Killed)),
            older: () => Walk(Back + 1),
            newer: () => Walk(Back - 1),
            complete: Complete,
            accept: () => (Fresh(History.With(Line.Text)), EditorEffect.Accepted(Line)),
            interrupt: () => (Fresh(History), EditorEffect.Interrupted(Line)),
            deleteOrLeave: () =>
                Line.Text.Length == 0 ? (this, EditorEffect.Leave) : Edit(Line.Erase(Motion.Right)),
            clear: () => (this, EditorEffect.Clear),
            gone: () => (this, EditorEffect.Leave)
        );

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

    private (Editor, EditorEffect) Walk(int back)
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
