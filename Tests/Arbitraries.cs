using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Client.Bench;
using TinyTcp.Tests.Client.Generators;
using TinyTcp.Tests.Client.Probe;
using TinyTcp.Tests.Client.Shell;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Client.Terminals;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Spelling;

[assembly: Properties(Arbitrary = [typeof(TinyTcp.Tests.Arbitraries)])]

namespace TinyTcp.Tests;

/// <summary>The generator and the shrinker of each type that a law takes as a parameter.</summary>
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

    public static Arbitrary<MeasuredRun> MeasuredRun() =>
        Arb.From(TinyTcp.Tests.Client.Bench.MeasuredRun.Any, TinyTcp.Tests.Client.Bench.MeasuredRun.Shrink);

    public static Arbitrary<OpenLoopRun> OpenLoop() => Arb.From(OpenLoopRun.Any, OpenLoopRun.Shrink);

    public static Arbitrary<SimulatedLoad> Load() => Arb.From(SimulatedLoad.Any, SimulatedLoad.Shrink);

    public static Arbitrary<ClientPauses> Pauses() => Arb.From(ClientPauses.Any, ClientPauses.Shrink);

    public static Arbitrary<ProbeRounds> Rounds() => Arb.From(ProbeRounds.Any, ProbeRounds.Shrink);

    public static Arbitrary<ProbeLine> ProbeLine() =>
        Arb.From(TinyTcp.Tests.Client.Probe.ProbeLine.Any, TinyTcp.Tests.Client.Probe.ProbeLine.Shrink);

    public static Arbitrary<CsvRows> Rows() => Arb.From(CsvRows.Any, CsvRows.Shrink);

    public static Arbitrary<Mistyped> Mistyped() =>
        Arb.From(TinyTcp.Tests.Core.Spelling.Mistyped.Any, TinyTcp.Tests.Core.Spelling.Mistyped.Shrink);

    public static Arbitrary<RequestList> Requests() =>
        Arb.From(ClientGenerators.Requests, ClientGenerators.Shrink);

    public static Arbitrary<PendingLimit> PendingLimit() =>
        Arb.From(ClientGenerators.PendingLimit, ClientGenerators.Shrink);

    public static Arbitrary<FaultyExchange> FaultyExchange() =>
        Arb.From(ClientGenerators.FaultyExchange, ClientGenerators.Shrink);

    public static Arbitrary<BackoffCase> BackoffCase() => Arb.From(ClientGenerators.BackoffCase);

    public static Arbitrary<RuntimeFailure> RuntimeFailure() =>
        Arb.From(TinyTcp.Tests.Client.Generators.RuntimeFailure.Any);

    public static Arbitrary<AddressList> AddressList() =>
        Arb.From(
            TinyTcp.Tests.Client.Generators.AddressList.Any,
            TinyTcp.Tests.Client.Generators.AddressList.Shrink
        );

    public static Arbitrary<ConnectRace> ConnectRace() =>
        Arb.From(
            TinyTcp.Tests.Client.Generators.ConnectRace.Any,
            TinyTcp.Tests.Client.Generators.ConnectRace.Shrink
        );

    public static Arbitrary<PausedExchange> PausedExchange() =>
        Arb.From(
            TinyTcp.Tests.Client.Generators.PausedExchange.Any,
            TinyTcp.Tests.Client.Generators.PausedExchange.Shrink
        );

    public static Arbitrary<RunWithPauses> RunWithPauses() =>
        Arb.From(
            TinyTcp.Tests.Client.Generators.RunWithPauses.Any,
            TinyTcp.Tests.Client.Generators.RunWithPauses.Shrink
        );

    public static Arbitrary<AnyBytes> Bytes() => Arb.From(AnyBytes.Any, AnyBytes.Shrink);

    public static Arbitrary<AnyString> Characters() => Arb.From(AnyString.Any, AnyString.Shrink);

    public static Arbitrary<EditorActions> Actions() => Arb.From(EditorActions.Any, EditorActions.Shrink);

    public static Arbitrary<LineEdit> LineEdit() =>
        Arb.From(TinyTcp.Tests.Client.Shell.LineEdit.Any, TinyTcp.Tests.Client.Shell.LineEdit.Shrink);

    public static Arbitrary<HistorySearch> HistorySearch() =>
        Arb.From(
            TinyTcp.Tests.Client.Shell.HistorySearch.Any,
            TinyTcp.Tests.Client.Shell.HistorySearch.Shrink
        );

    public static Arbitrary<TypedInput> TypedInput() =>
        Arb.From(TinyTcp.Tests.Client.Shell.TypedInput.Any, TinyTcp.Tests.Client.Shell.TypedInput.Shrink);

    public static Arbitrary<ElementText> ElementText() =>
        Arb.From(
            TinyTcp.Tests.Client.Terminals.ElementText.Any,
            TinyTcp.Tests.Client.Terminals.ElementText.Shrink
        );

    public static Arbitrary<TerminalWidth> TerminalWidth() =>
        Arb.From(
            TinyTcp.Tests.Client.Terminals.TerminalWidth.Any,
            TinyTcp.Tests.Client.Terminals.TerminalWidth.Shrink
        );
}
