using System.Collections.Immutable;
using LanguageExt;
using Spectre.Console;
using TinyTcp.Cli.Display;
using TinyTcp.Client;
using Columns = TinyTcp.Cli.Display.Columns;

namespace TinyTcp.Cli.Probing;

/// <summary>A line a probe for people, how it goes while it goes, and a summary.</summary>
/// <param name="target">What is probed.</param>
/// <param name="stamped">Whether lines begin with the time.</param>
/// <param name="colours">Whether what was lost stands out.</param>
/// <param name="surroundings">Where to write.</param>
internal sealed class PeopleReport(Target target, bool stamped, bool colours, Surroundings surroundings)
    : IReport
{
    // What a key leaves behind the line, such as ^C, must not break it: only one row is erased.
    private const int KeysRoom = 3;

    private readonly StatusLine status = new(
        surroundings.Output,
        isShown: surroundings.Terminal().Output && !surroundings.IsDumb
    );

    // What went wrong with each address when it did so last: at length it is told once.
    private ImmutableDictionary<Target, string> told = ImmutableDictionary<Target, string>.Empty;

    /// <inheritdoc/>
    public void Begin(Plan plan) => Write(Room.Fold(ProbeText.Of(target, plan), Columns.Fit), Style.Plain);

    /// <inheritdoc/>
    public void Tell(Sample sample, Tally tally)
    {
        status.Hide();
        foreach (var line in Lines(sample))
        {
            Write(line, sample.IsAnswered ? Style.Plain : new Style(Color.Red));
        }

        Room.Iter(columns => status.Show(Columns.Fit(ProbeText.Of(tally), columns - KeysRoom)));
    }

    /// <inheritdoc/>
    public void End(Tally tally)
    {
        status.Hide();
        new SummaryText(Looks.On(surroundings.Output, colours, surroundings.Terminal())).Write(tally);
    }

    private IEnumerable<string> Lines(Sample sample)
    {
        var wrong = sample.Result.Error.Map(static error => error.Sentence).IfNone("");
        var isTold = told.GetValueOrDefault(sample.Address, "") == wrong;
        told = told.SetItem(sample.Address, wrong);
        return isTold || wrong.Length == 0
            ? [ProbeText.Of(sample, stamped, Room)]
            : ProbeText.AtLength(sample, stamped, Room);
    }

    /// <summary>A file has no columns, and gets all words.</summary>
    private Option<int> Room =>
        surroundings.Terminal() is var terminal && (terminal.Output || colours)
            ? Math.Min(terminal.Width, Terminal.UsualWidth)
            : Option<int>.None;

    private void Write(string line, Style style)
    {
        if (colours)
        {
            Looks.On(surroundings.Output, colours, surroundings.Terminal()).WriteLine(line, style);
        }
        else
        {
            surroundings.Output.WriteLine(line);
        }
    }
}
