using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;

namespace TinyTcp.Core.Transcripts;

/// <summary>A position in the lines that are played.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Index">The index of the current one; the number of lines at the end.</param>
internal sealed record ScriptPosition(ImmutableArray<ScriptLine> Lines, int Index)
{
    /// <summary>What the client does now; none at the end.</summary>
    internal Option<PlayerStep> Step => Current.Map(static line => line.Step);

    /// <summary>The next event of the conversation; none at its end.</summary>
    internal Option<TranscriptEvent> Event => Current.Bind(static line => line.Event);

    /// <summary>Whether the server closes next.</summary>
    internal bool IsClose => Event.Exists(static @event => @event is TranscriptEvent.Closed);

    /// <summary>The number of the current line; at the end of a conversation that of its last line; 0 before the first one.</summary>
    internal int Number =>
        Event.IsSome ? Lines[Index].Number
        : Index > 0 ? Lines[Index - 1].Number
        : 0;

    private Option<ScriptLine> Current => Index < Lines.Length ? Lines[Index] : Option<ScriptLine>.None;

    /// <summary>The first line.</summary>
    internal static ScriptPosition Start(IEnumerable<ScriptLine> lines) => new([.. lines], 0);

    /// <summary>The next line; the end stays the end.</summary>
    internal ScriptPosition Advance() => this with { Index = Current.IsSome ? Index + 1 : Index };

    /// <summary>The end of this conversation.</summary>
    internal ScriptPosition Leave()
    {
        var position = this;
        while (position.Event.IsSome)
        {
            position = position.Advance();
        }

        return position;
    }

    /// <summary>The first line that is not optional, or matches.</summary>
    internal ScriptPosition SkipOptional(PlayerInput.Line line)
    {
        var position = this;
        while (position.Event.Exists(@event => @event is TranscriptEvent.Optional && !line.Matches(@event)))
        {
            position = position.Advance();
        }

        return position;
    }

    /// <summary>How far the line that matches is ahead, if it is among those that the server sends before the client does anything.</summary>
    internal Option<int> FindAhead(PlayerInput.Line line) =>
        Lines
            .Skip(Index)
            .TakeWhile(static ahead => ahead.IsFromServer)
            .Select(static (ahead, distance) => (ahead.Event, distance))
            .Where(ahead => ahead.Event.Exists(line.Matches))
            .Select(static ahead => ahead.distance)
            .ToOption();
}
