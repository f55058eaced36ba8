using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>The mismatches of a conversation so far. A later line may explain one better: it was late, or another was additional.</summary>
internal sealed record MismatchList
{
    /// <summary>The mismatches, in the order of the transcript's lines.</summary>
    internal ImmutableList<Mismatch> Items { get; private init; } = [];

    /// <summary>The lines of this conversation that were expected and have not been received.</summary>
    private ImmutableList<Unmet> Missed { get; init; } = [];

    /// <summary>The line in whose place another was received last.</summary>
    private Option<Unmet> Replaced { get; init; }

    /// <summary>Adds a mismatch.</summary>
    internal MismatchList Add(MismatchKind kind, int number, string expected, string got) =>
        this with
        {
            Items = Items.Add(new(kind, number, expected, got)),
            Replaced = default,
        };

    /// <summary>An expected line is missing.</summary>
    internal MismatchList AddMissing(int number, TranscriptEvent expected, string got) =>
        Add(MismatchKind.Missing, number, $"{expected}", got) with
        {
            Missed = Missed.Add(new(Items.Count, expected)),
        };

    /// <summary>Another line was received in the place of an expected one.</summary>
    internal MismatchList AddDifferent(int number, TranscriptEvent expected, PlayerInput.Line line) =>
        Add(MismatchKind.Different, number, $"{expected}", $"{line}") with
        {
            Replaced = new Unmet(Items.Count, expected),
        };

    /// <summary>A line was received as expected.</summary>
    internal MismatchList AfterMatch() => this with { Replaced = default };

    /// <summary>A new conversation begins.</summary>
    internal MismatchList AfterConnect() => this with { Replaced = default, Missed = [] };

    /// <summary>An unexpected line explains an earlier mismatch; none if it does not.</summary>
    internal Option<MismatchList> Explain(PlayerInput.Line line)
    {
        var late = Missed.Where(missed => line.Matches(missed.Event)).ToOption();
        return Replaced
            .Filter(replaced => line.Matches(replaced.Event))
            .Match(Some: OnExtra, None: () => late.Map(missed => OnLate(missed, line)));
    }

    private Option<MismatchList> OnExtra(Unmet replaced) =>
        Change(replaced, static mismatch => mismatch with { Kind = MismatchKind.Extra }) with
        {
            Replaced = default,
        };

    private MismatchList OnLate(Unmet missed, PlayerInput.Line line) =>
        Change(missed, mismatch => mismatch with { Kind = MismatchKind.Late, Got = $"{line}" }) with
        {
            Missed = Missed.Remove(missed),
        };

    private MismatchList Change(Unmet unmet, Func<Mismatch, Mismatch> change) =>
        this with
        {
            Items = Items.SetItem(unmet.Index, change(Items[unmet.Index])),
        };

    /// <summary>A line that was expected and not received.</summary>
    /// <param name="Index">The index of its mismatch.</param>
    /// <param name="Event">The line.</param>
    private sealed record Unmet(int Index, TranscriptEvent Event);
}
