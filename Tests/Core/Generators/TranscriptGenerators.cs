using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Generates and shrinks transcripts. Most lines contain unusual bytes.</summary>
internal static class TranscriptGenerators
{
    private static readonly ImmutableArray<string> Fragments =
    [
        "TIME",
        "ECHO hello",
        "quit",
        "<time>",
        "<text>",
        "<TEXT>",
        "<now ",
        "<like *",
        ">",
        @"\c",
        @"\x41",
        "\\",
        " ",
        "\t",
        "\r",
        "\n",
        "é",
        "😀",
        "\u202E",
        "#",
        "->",
        "@1",
    ];

    private static readonly Gen<byte> AnyByte = Gen.Choose(0, 255).Select(static value => (byte)value);

    private static readonly Gen<byte[]> AnyBytes = Gen.OneOf(
        AnyByte.ArrayOf(),
        AnyCharacters().Select(Encoding.UTF8.GetBytes)
    );

    private static readonly Gen<bool> AnyBool = Gen.Elements(true, false);

    private static readonly Gen<TimeSpan> AnySpan = Gen.OneOf(
        Gen.Choose(0, 400_000).Select(static milliseconds => TimeSpan.FromMilliseconds(milliseconds)),
        Gen.Choose(0, int.MaxValue).Select(static ticks => TimeSpan.FromTicks(ticks)),
        Gen.Constant(TranscriptTime.Max)
    );

    private static readonly Gen<Option<TranscriptTime>> AnyTime = Gen.OneOf(
        Gen.Constant(Option<TranscriptTime>.None),
        AnySpan.Select(static time => Option<TranscriptTime>.Some(TranscriptTime.At(time))),
        AnySpan.Select(static time => Option<TranscriptTime>.Some(TranscriptTime.After(time)))
    );

    private static readonly Gen<Placeholder> AnyPlaceholder = Gen.OneOf(
        Gen.Elements(Placeholder.Time, Placeholder.Text, Placeholder.Number),
        from milliseconds in Gen.Choose(0, int.MaxValue)
        from form in Gen.Elements(
            "",
            "unix",
            "HH:mm:ss",
            "ddd MMM d HH:mm:ss yyyy",
            "yyyy-MM-dd HH:mm:ss zzz"
        )
        select Placeholder.Now(
            TimeSpan.FromMilliseconds(milliseconds),
            TestValues.Given(TimeForm.From(form))
        ),
        from pattern in Gen.Elements(" ", "*", "?", "#", "a", "é", "\\x").NonEmptyListOf()
        select TestValues.Given(Placeholder.Like(string.Concat(pattern)))
    );

    private static readonly Gen<LinePattern> AnyPattern =
        from literal in AnyBytes
        from ending in Gen.OneOf(
            Gen.Constant(Option<Placeholder>.None),
            AnyPlaceholder.Select(Option<Placeholder>.Some)
        )
        select new LinePattern(ByteString.From(literal), ending);

    private static readonly Gen<TranscriptEvent> AnyEvent = Gen.OneOf(
        from bytes in AnyBytes
        from ended in AnyBool
        select (TranscriptEvent)new TranscriptEvent.Sent(ByteString.From(bytes), ended),
        from pattern in AnyPattern
        from ended in AnyBool
        select (TranscriptEvent)new TranscriptEvent.Received(pattern, ended),
        AnyPattern.Select(static pattern => (TranscriptEvent)new TranscriptEvent.Optional(pattern)),
        Gen.Elements<TranscriptEvent>(new TranscriptEvent.Finished(), new TranscriptEvent.Closed())
    );

    private static readonly Gen<TranscriptLine> AnyLine = Gen.OneOf(
        Gen.Constant<TranscriptLine>(new TranscriptLine.Blank()),
        AnyCharacters()
            .Select(static comment => (TranscriptLine)new TranscriptLine.Comment(LineText.From(comment))),
        Gen.Elements("127.0.0.1:40000", "[::1]:0", "localhost:65535")
            .Select(static peer =>
                (TranscriptLine)new TranscriptLine.Connect(TestValues.Given(TranscriptPeer.From(peer)))
            ),
        from name in Gen.Elements("max-line", "now", "rule", "x-1")
        from value in Texts.Trimmed
        select (TranscriptLine)
            new TranscriptLine.Field(
                TestValues.Given(FieldName.From(name)),
                TestValues.Given(LineText.From(value))
            ),
        AnyEntry(),
        AnyEntry(),
        AnyEntry()
    );

    /// <summary>Any transcript.</summary>
    internal static Gen<Transcript> Any { get; } =
        AnyLine.ListOf().Select(static lines => WithoutInvalid(lines));

    internal static IEnumerable<Transcript> Shrink(Transcript transcript) =>
        Shrinking.Shorter(transcript.Lines).Select(static lines => WithoutInvalid(lines));

    /// <summary>The transcript of the lines, without each one that is invalid after those before it.</summary>
    internal static Transcript WithoutInvalid(IEnumerable<TranscriptLine> lines) =>
        lines.Aggregate(
            Transcript.Empty,
            static (transcript, line) => Transcript.From(transcript.Lines.Add(line)).IfLeft(transcript)
        );

    private static Gen<TranscriptLine> AnyEntry() =>
        from time in AnyTime
        from transcriptEvent in AnyEvent
        select (TranscriptLine)new TranscriptLine.Entry(time, transcriptEvent);

    private static Gen<string> AnyCharacters() =>
        Gen.Elements(Fragments.AsEnumerable()).ArrayOf().Select(string.Concat);
}
