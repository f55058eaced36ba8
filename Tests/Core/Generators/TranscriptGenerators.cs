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

    private static readonly Gen<Option<uint>> AnyTime = Gen.OneOf(
        Gen.Constant(Option<uint>.None),
        Gen.Choose(0, 400_000).Select(static time => Option<uint>.Some((uint)time)),
        Gen.Constant(Option<uint>.Some(uint.MaxValue))
    );

    private static readonly Gen<LinePattern> AnyPattern =
        from literal in AnyBytes
        from ending in Gen.Elements(
            Option<Placeholder>.None,
            Option<Placeholder>.Some(Placeholder.Time),
            Option<Placeholder>.Some(Placeholder.Text)
        )
        select new LinePattern(ByteString.From(literal), ending);

    private static readonly Gen<TranscriptEvent> AnyEvent = Gen.OneOf(
        from bytes in AnyBytes
        from ended in AnyBool
        select (TranscriptEvent)new TranscriptEvent.Sent(ByteString.From(bytes), ended),
        from pattern in AnyPattern
        from ended in AnyBool
        select (TranscriptEvent)new TranscriptEvent.Received(pattern, ended),
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
