using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Transcripts;

/// <summary>Random transcripts: lines that like to be awkward, of which those are kept that may follow each other.</summary>
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

    private static readonly Gen<bool> Coin = Gen.Elements(true, false);

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
        from ended in Coin
        select (TranscriptEvent)new TranscriptEvent.Sent(ByteString.From(bytes), ended),
        from pattern in AnyPattern
        from ended in Coin
        select (TranscriptEvent)new TranscriptEvent.Received(pattern, ended),
        Gen.Elements<TranscriptEvent>(new TranscriptEvent.Finished(), new TranscriptEvent.Closed())
    );

    private static readonly Gen<TranscriptLine> AnyLine = Gen.OneOf(
        Gen.Constant<TranscriptLine>(new TranscriptLine.Blank()),
        AnyCharacters()
            .Select(static remark => (TranscriptLine)new TranscriptLine.Comment(LineText.From(remark))),
        Gen.Elements("127.0.0.1:40000", "[::1]:0", "localhost:65535")
            .Select(static peer =>
                (TranscriptLine)new TranscriptLine.Connect(Some.Given(TranscriptPeer.From(peer)))
            ),
        AnyHappening(),
        AnyHappening(),
        AnyHappening()
    );

    /// <summary>Any transcript.</summary>
    internal static Gen<Transcript> Any { get; } = AnyLine.ListOf().Select(static lines => Possible(lines));

    internal static IEnumerable<Transcript> Shrink(Transcript transcript) =>
        Shrinking.Shorter(transcript.Lines).Select(static lines => Possible(lines));

    /// <summary>The lines that may stand where they do once those that may not are gone.</summary>
    internal static Transcript Possible(IEnumerable<TranscriptLine> lines) =>
        lines.Aggregate(
            Transcript.Empty,
            static (kept, line) => Transcript.From(kept.Lines.Add(line)).IfLeft(kept)
        );

    private static Gen<TranscriptLine> AnyHappening() =>
        from time in AnyTime
        from happened in AnyEvent
        select (TranscriptLine)new TranscriptLine.Entry(time, happened);

    private static Gen<string> AnyCharacters() =>
        Gen.Elements(Fragments.AsEnumerable()).ArrayOf().Select(string.Concat);
}
