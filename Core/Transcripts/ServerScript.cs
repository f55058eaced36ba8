using System;
using System.Collections.Immutable;
using System.Linq;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>
/// The server's part of a transcript as a script: what the client sends is received, line by line however it was cut, and what the
/// server sends is sent. Optional lines are not sent, and the client may finish when it likes.
/// </summary>
internal sealed record ServerScript
{
    private ImmutableList<ScriptLine> Lines { get; init; } = [];

    /// <summary>What the client sends and has not ended by an LF.</summary>
    private ByteString Partial { get; init; }

    /// <summary>The number of the line that it is from.</summary>
    private int PartialNumber { get; init; }

    /// <summary>The lines of each conversation.</summary>
    /// <param name="transcript">The transcript.</param>
    /// <param name="now">The time of day, for placeholders.</param>
    internal static ImmutableArray<ImmutableArray<ScriptLine>> Of(Transcript transcript, DateTimeOffset now)
    {
        var conversations = ImmutableArray.CreateBuilder<ImmutableArray<ScriptLine>>();
        var script = new ServerScript();
        foreach (var (line, number) in transcript.Lines.Select(static (line, index) => (line, index + 1)))
        {
            if (line is TranscriptLine.Connect && script.Lines.Count > 0)
            {
                conversations.Add([.. script.End().Lines]);
                script = new ServerScript();
            }

            script = script.Add(line, number, now);
        }

        return script.Lines.Count > 0
            ? conversations.ToImmutable().Add([.. script.End().Lines])
            : conversations.ToImmutable();
    }

    private ServerScript Add(TranscriptLine line, int number, DateTimeOffset now) =>
        line.Match(
            blank: () => this,
            comment: _ => this,
            field: _ => this,
            connect: connect => Add(new(number, new PlayerStep.Connect(connect.Peer), default)),
            entry: entry =>
                entry.Event.Match(
                    sent: sent => Receive(sent.All.Span, number),
                    received: received => End().Add(SendOf(received, number, entry.Time, now)),
                    optional: _ => this,
                    finished: () => this,
                    closed: () => End().Add(new(number, new PlayerStep.Finish(entry.Time), entry.Event))
                )
        );

    private ServerScript Add(ScriptLine line) => this with { Lines = Lines.Add(line) };

    private ServerScript Receive(ReadOnlySpan<byte> bytes, int number)
    {
        var script = this;
        for (var rest = bytes; !rest.IsEmpty; )
        {
            var end = rest.IndexOf(Grammar.Lf);
            var length = end < 0 ? rest.Length : end + 1;
            script = script.Append(rest[..length], number);
            rest = rest[length..];
        }

        return script;
    }

    /// <summary>Adds bytes to the line that the client has begun; LF ends it.</summary>
    private ServerScript Append(ReadOnlySpan<byte> bytes, int number)
    {
        var line = ByteString.From([.. Partial.Span, .. bytes]);
        return line.Span[^1] == Grammar.Lf
            ? (this with { Partial = default }).Add(ReceiveOf(line.Span[..^1], ended: true, number))
            : this with
            {
                Partial = line,
                PartialNumber = number,
            };
    }

    /// <summary>The client has sent what it sends before the server does something.</summary>
    private ServerScript End() =>
        Partial.Span.IsEmpty
            ? this
            : (this with { Partial = default }).Add(ReceiveOf(Partial.Span, ended: false, PartialNumber));

    private static ScriptLine ReceiveOf(ReadOnlySpan<byte> line, bool ended, int number) =>
        new(
            number,
            new PlayerStep.Receive(default, PlayerWait.Required),
            new TranscriptEvent.Received(LinePattern.Exactly(line), ended)
        );

    private static ScriptLine SendOf(
        TranscriptEvent.Received received,
        int number,
        Option<TranscriptTime> time,
        DateTimeOffset now
    )
    {
        var line = received.Line.Example(now);
        var sent = new TranscriptEvent.Sent(line, received.Ended);
        return new(number, new PlayerStep.Send(time, sent.All), sent);
    }
}
