using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Client.Bench;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Client.Parsing;
using TinyTcp.Tests.Client.Probe;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Core.Transcripts;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>Any bytes. LF and request lines occur often.</summary>
public sealed record AnyBytes(ReadOnlyMemory<byte> Bytes)
{
    public override string ToString() => WireBytes.Show(Bytes.Span);
}

/// <summary>Any string, lone surrogates included.</summary>
public sealed record AnyString(string Characters)
{
    public override string ToString() => string.Concat(Characters.Select(static c => $"\\u{(int)c:X4}"));
}

/// <summary>The generators and shrinkers that FsCheck uses for the parameters of laws.</summary>
public static class Arbitraries
{
    public static Arbitrary<LineText> Text() => Arb.From(Texts.Text, Texts.Shrink);

    public static Arbitrary<Command> Command() => Arb.From(Values.Command, Values.Shrink);

    public static Arbitrary<ErrorCode> Error() => Arb.From(Values.Error);

    public static Arbitrary<DateTimeOffset> Moment() => Arb.From(Values.Moment);

    public static Arbitrary<Timestamp> Time() => Arb.From(Values.Time);

    public static Arbitrary<Reply> Reply() => Arb.From(Values.Reply, Values.Shrink);

    public static Arbitrary<RequestLine> Line() =>
        Arb.From(
            RequestLines.Any.Select(static bytes => new RequestLine(bytes)),
            static line =>
                RequestLines.Shrink(line.Bytes.ToArray()).Select(static bytes => new RequestLine(bytes))
        );

    public static Arbitrary<Conversation> Conversation() =>
        Arb.From(ConversationGenerators.Conversation, ConversationGenerators.Shrink);

    public static Arbitrary<Segmentation> Segmentation() =>
        Arb.From(ConversationGenerators.Segmentation, ConversationGenerators.Shrink);

    public static Arbitrary<EventSequence> EventSequence() =>
        Arb.From(EventSequences.Any, EventSequences.Shrink);

    public static Arbitrary<Transcript> Transcript() =>
        Arb.From(TranscriptGenerators.Any, TranscriptGenerators.Shrink);

    public static Arbitrary<MeasuredTimes> Measured() => Arb.From(MeasuredTimes.Any, MeasuredTimes.Shrink);

    public static Arbitrary<LatencyLimit> Limit() => Arb.From(LatencyLimit.Any, LatencyLimit.Shrink);

    public static Arbitrary<ArrivalTime> Arrival() => Arb.From(ArrivalTime.Any, ArrivalTime.Shrink);

    public static Arbitrary<OpenLoopRun> OpenLoop() => Arb.From(OpenLoopRun.Any, OpenLoopRun.Shrink);

    public static Arbitrary<SimulatedLoad> Load() => Arb.From(SimulatedLoad.Any, SimulatedLoad.Shrink);

    public static Arbitrary<ProbeRounds> Rounds() => Arb.From(ProbeRounds.Any, ProbeRounds.Shrink);

    public static Arbitrary<ProbeLine> ProbeLine() =>
        Arb.From(TinyTcp.Tests.Client.Probe.ProbeLine.Any, TinyTcp.Tests.Client.Probe.ProbeLine.Shrink);

    public static Arbitrary<CsvRows> Rows() => Arb.From(CsvRows.Any, CsvRows.Shrink);

    public static Arbitrary<Mistyped> Mistyped() =>
        Arb.From(TinyTcp.Tests.Client.Parsing.Mistyped.Any, TinyTcp.Tests.Client.Parsing.Mistyped.Shrink);

    public static Arbitrary<RequestList> Requests() =>
        Arb.From(ClientGenerators.Requests, ClientGenerators.Shrink);

    public static Arbitrary<PendingLimit> PendingLimit() =>
        Arb.From(ClientGenerators.PendingLimit, ClientGenerators.Shrink);

    public static Arbitrary<FaultyExchange> FaultyExchange() =>
        Arb.From(ClientGenerators.FaultyExchange, ClientGenerators.Shrink);

    public static Arbitrary<BackoffCase> BackoffCase() => Arb.From(ClientGenerators.BackoffCase);

    public static Arbitrary<AnyBytes> Bytes() =>
        Arb.From(
            AnyByteArray.Select(static bytes => new AnyBytes(bytes)),
            static any => Shrinking.Shorter(any.Bytes.ToArray()).Select(static bytes => new AnyBytes(bytes))
        );

    public static Arbitrary<AnyString> Characters() =>
        Arb.From(
            AnyCharacters.Select(static characters => new AnyString(characters)),
            static any =>
                Shrinking.Shorter(any.Characters.ToCharArray()).Select(static c => new AnyString(new(c)))
        );

    internal static Gen<byte[]> AnyByteArray =>
        from fragments in Gen.Frequency(
                (6, Gen.Choose(0, 255).Select(static value => new[] { (byte)value })),
                (1, Gen.Constant(new[] { Grammar.Lf })),
                (1, RequestLines.Any)
            )
            .ArrayOf()
        select fragments.SelectMany(static fragment => fragment).ToArray();

    internal static Gen<string> AnyCharacters =>
        from fragments in Gen.Frequency(
                (3, Gen.Choose(0, 0xFFFF).Select(static value => ((char)value).ToString())),
                (1, Gen.Choose(0xD800, 0xDFFF).Select(static value => ((char)value).ToString())),
                (1, Gen.Choose(0, 0x7F).Select(static value => ((char)value).ToString())),
                (1, Gen.Elements("TIME ", "ECHO ", "ERROR ", "2025-09-12T17:24:13", "Z", "+00:00", "\n")),
                (1, Texts.Trimmed)
            )
            .ArrayOf()
        select string.Concat(fragments);
}
