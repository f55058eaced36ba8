using System;
using LanguageExt;
using TinyTcp.Core.Wire;

namespace TinyTcp.Core.Transcripts;

/// <summary>Parses one line of a transcript.</summary>
internal static class TranscriptReader
{
    // line = [comment / field / connect / [time SP] event] [CR] LF
    internal static Either<TranscriptError, TranscriptLine> Read(string line, int number) =>
        ReadLine(line.EndsWith('\r') ? line[..^1] : line)
            .MapLeft(unexpected => new TranscriptError(
                number,
                unexpected.Index + 1,
                unexpected.Expected,
                line
            ));

    private static Either<Unexpected, TranscriptLine> ReadLine(string line) =>
        string.IsNullOrWhiteSpace(line) ? new TranscriptLine.Blank()
        : line[0] == TranscriptSyntax.Comment ? ReadComment(line[1..])
        : line.StartsWith(TranscriptSyntax.Connect, StringComparison.Ordinal)
            ? ReadConnect(line[TranscriptSyntax.Connect.Length..])
        : line[0] is TranscriptSyntax.At or TranscriptSyntax.After ? ReadTimed(line)
        : ReadField(line)
            .Match(Some: static field => field, None: () => ReadEntry(line, Option<TranscriptTime>.None));

    private static Either<Unexpected, TranscriptLine> ReadComment(string remark) =>
        Utf8Text
            .Encode(remark)
            .Map(static bytes => (TranscriptLine)new TranscriptLine.Comment(LineText.From(bytes)))
            .ToEither(new Unexpected(1, "characters that UTF-8 can encode"));

    // field = name ":" SP text
    private static Option<Either<Unexpected, TranscriptLine>> ReadField(string line)
    {
        var end = line.IndexOf($"{TranscriptSyntax.FieldEnd} ", StringComparison.Ordinal);
        return FieldName
            .From(line[..Math.Max(0, end)])
            .Map(name =>
                LineText
                    .From(line[(end + 1)..])
                    .Map(value => (TranscriptLine)new TranscriptLine.Field(name, value))
                    .ToEither(new Unexpected(end + 1, "a value after the colon"))
            );
    }

    private static Either<Unexpected, TranscriptLine> ReadConnect(string peer) =>
        TranscriptPeer
            .From(peer)
            .Map(static peer => (TranscriptLine)new TranscriptLine.Connect(peer))
            .ToEither(
                new Unexpected(
                    TranscriptSyntax.Connect.Length,
                    "CONNECT to host:port, with a port from 0 to 65535"
                )
            );

    private static Either<Unexpected, TranscriptLine> ReadTimed(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        var time = TranscriptTime.Parse(line[..Math.Max(0, space)]);
        return time.IsSome
            ? ReadEntry(line[(space + 1)..], time).MapLeft(unexpected => unexpected.After(space + 1))
            : new Unexpected(
                0,
                "a time such as @1.250, in seconds since CONNECT, or +0.500, since the line before, and a space"
            );
    }

    private static Either<Unexpected, TranscriptLine> ReadEntry(string line, Option<TranscriptTime> time) =>
        TranscriptEventReader
            .Read(line)
            .Map(@event => (TranscriptLine)new TranscriptLine.Entry(time, @event));
}
