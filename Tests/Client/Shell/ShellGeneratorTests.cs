using System.Globalization;
using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Cli.Shell.Editing;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Client.Shell;

/// <summary>The share of generated cases that are of interest to the shell's laws, with a fixed seed.</summary>
public class ShellGeneratorTests(ITestOutputHelper output)
{
    private const int MaxSize = 100;
    private const int CasesOfEachSize = 10;
    private const ulong Seed = 20_250_912;

    [Fact]
    public void Most_generated_actions_leave_a_line_ring_the_bell_and_join_characters()
    {
        AssertShare(EditorActions.Any, 90, static actions => actions.ToEditor().Line.Text.Length > 0);
        AssertShare(EditorActions.Any, 80, HasBell);
        AssertShare(EditorActions.Any, 80, HasJoinedCharacters);
    }

    [Fact]
    public void Most_generated_input_has_text_and_sequences()
    {
        AssertShare(TypedInput.Any, 80, static input => input.HasSequence);
        AssertShare(TypedInput.Any, 80, static input => input.Text.Length > 0);
    }

    [Fact]
    public void Every_generated_edit_has_a_line_and_most_have_text_before_the_cursor()
    {
        AssertShare(LineEdit.Any, 100, static edit => edit.Text.Length > 0);
        AssertShare(LineEdit.Any, 80, static edit => edit.TextBeforeCursor.Length > 0);
    }

    [Fact]
    public void Every_generated_search_finds_a_line_and_most_find_several()
    {
        AssertShare(HistorySearch.Any, 100, static search => search.Matches.Any());
        AssertShare(HistorySearch.Any, 80, static search => search.Matches.Count() > 1);
        AssertShare(
            HistorySearch.Any,
            80,
            static search => search.Matches.Count() < search.History.Lines.Count
        );
    }

    [Fact]
    public void Shrunk_cases_are_valid() =>
        Assert.All(
            SampleOf(HistorySearch.Any).Take(200).SelectMany(HistorySearch.Shrink),
            static search => Assert.NotEmpty(search.Matches)
        );

    private static bool HasBell(EditorActions actions)
    {
        var editor = Editor.Create(History.Empty);
        return actions.Actions.Any(action =>
        {
            (editor, var effect) = editor.Apply(action);
            return effect is EditorEffect.Bell;
        });
    }

    private static bool HasJoinedCharacters(EditorActions actions)
    {
        var editor = Editor.Create(History.Empty);
        return actions.Actions.Any(action =>
        {
            editor = editor.Apply(action).Next;
            return new StringInfo(editor.Line.Text).LengthInTextElements
                < editor.Line.Text.EnumerateRunes().Count();
        });
    }

    private void AssertShare<T>(
        Gen<T> generator,
        int minPercent,
        Func<T, bool> isOfInterest,
        [CallerArgumentExpression(nameof(isOfInterest))] string name = ""
    )
    {
        var percent = 100.0 * SampleOf(generator).Count(isOfInterest) / (MaxSize * CasesOfEachSize);
        output.WriteLine($"{percent:F1} % {name}");
        Assert.InRange(percent, minPercent, 100);
    }

    /// <summary>Cases of each size, as a law runs them.</summary>
    private static IEnumerable<T> SampleOf<T>(Gen<T> generator) =>
        Enumerable
            .Range(1, MaxSize)
            .SelectMany(size => generator.Sample(CasesOfEachSize, new Rnd(Seed + (ulong)size), size));
}
