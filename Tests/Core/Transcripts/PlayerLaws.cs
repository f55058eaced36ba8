using System.Collections.Immutable;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>What a player finds in a conversation that differs from its transcript in one line.</summary>
public class PlayerLaws
{
    [Law]
    public void The_recorded_lines_have_no_mismatch(Transcript script) =>
        Assert.Empty(Play(Record(script), static lines => lines));

    [Law]
    public void A_lost_line_is_missing(Transcript script)
    {
        var recording = Record(script);
        Assert.All(
            Indices(recording),
            index =>
                Assert.Equal(
                    MismatchKind.Missing,
                    Assert.Single(Play(recording, lines => lines.RemoveAt(index))).Kind
                )
        );
    }

    [Law]
    public void A_repeated_line_is_extra(Transcript script)
    {
        var recording = Record(script);
        Assert.All(
            Indices(recording),
            index =>
                Assert.Contains(
                    Play(recording, lines => lines.Insert(index, lines[index])),
                    static mismatch => mismatch.Kind == MismatchKind.Extra
                )
        );
    }

    [Law]
    public void A_changed_line_is_different(Transcript script)
    {
        var recording = Record(script);
        Assert.All(
            Indices(recording),
            index =>
                Assert.Equal(
                    MismatchKind.Different,
                    Assert
                        .Single(
                            Play(recording, lines => lines.SetItem(index, lines[index] with { Line = Other }))
                        )
                        .Kind
                )
        );
    }

    [Law]
    public void The_client_and_the_server_of_a_recording_agree(Transcript script) =>
        Assert.Empty(TwoPlayers.Play(Record(script)));

    [Law]
    public void Any_input_ends_any_transcript(Transcript transcript, AnyBytes any)
    {
        var player = TranscriptPlayer.Start(transcript);
        var inputs = new Queue<PlayerInput>(any.Bytes.ToArray().Select(InputOf));
        var steps = transcript.Lines.Length + inputs.Count + (2 * transcript.Lines.Length);
        for (; player.Next.IsSome; steps--)
        {
            Assert.InRange(steps, 1, int.MaxValue);
            player =
                Next(player) is PlayerStep.Receive
                    ? player.Received(inputs.TryDequeue(out var input) ? input : new PlayerInput.Closed())
                    : player.Done();
        }

        Assert.Equal(player, player.Done());
    }

    [Law]
    public void A_host_may_do_what_is_not_the_next_step(Transcript transcript, AnyBytes any)
    {
        var player = any
            .Bytes.ToArray()
            .Aggregate(
                TranscriptPlayer.Start(transcript),
                static (player, value) => value % 2 == 0 ? player.Done() : player.Received(InputOf(value))
            );
        Assert.InRange(player.Mismatches.Count, 0, transcript.Lines.Length + any.Bytes.Length);
    }

    private static readonly ByteString Other = ByteString.From("not a reply"u8);

    private static Transcript Record(Transcript script) =>
        Recorder.Record(script, TestValues.SmallLimits, TestValues.Moment);

    private static IEnumerable<int> Indices(Transcript recording) =>
        Enumerable.Range(0, recording.Lines.Count(Recorder.IsReply));

    private static PlayerInput InputOf(byte value) =>
        value switch
        {
            < 100 => new PlayerInput.Line(ByteString.From([value]), Ended: value < 90, TestValues.Moment),
            < 200 => new PlayerInput.Silence(),
            < 228 => new PlayerInput.Closed(),
            _ => new PlayerInput.Reset(),
        };

    private static PlayerStep Next(TranscriptPlayer player) => TestValues.Given(player.Next);

    /// <summary>Plays a recording. Each line arrives once the client has done what precedes it in the recording.</summary>
    private static ImmutableList<Mismatch> Play(
        Transcript recording,
        Func<ImmutableList<Arrival>, ImmutableList<Arrival>> change
    )
    {
        var player = TranscriptPlayer.Start(recording);
        var arrivals = change(ArrivalsOf(recording));
        var done = 0;
        while (player.Next.IsSome)
        {
            if (Next(player) is not PlayerStep.Receive)
            {
                (player, done) = (player.Done(), done + 1);
            }
            else if (arrivals.Count > 0 && arrivals[0].After <= done)
            {
                player = player.Received(new PlayerInput.Line(arrivals[0].Line, true, TestValues.Moment));
                arrivals = arrivals.RemoveAt(0);
            }
            else
            {
                player = player.Received(new PlayerInput.Silence());
            }
        }

        return player.Mismatches;
    }

    private static ImmutableList<Arrival> ArrivalsOf(Transcript recording)
    {
        var arrivals = ImmutableList.CreateBuilder<Arrival>();
        var done = 0;
        foreach (var line in recording.Lines)
        {
            if (line is TranscriptLine.Entry { Event: TranscriptEvent.Received received })
            {
                arrivals.Add(new(received.Line.Literal, done));
            }
            else
            {
                done += line is TranscriptLine.Connect or TranscriptLine.Entry ? 1 : 0;
            }
        }

        return arrivals.ToImmutable();
    }

    /// <summary>A line of the server.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="After">How many steps of the client precede it.</param>
    private sealed record Arrival(ByteString Line, int After);
}
