using TinyTcp.Core.Commands;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Replies;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Core.Verbs;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Conventions;

/// <summary>The default of every public struct of Core means what its summary says.</summary>
public class DefaultTests
{
    /// <summary>Each struct, and whether its default has the value that its documentation names.</summary>
    private static readonly Dictionary<Type, bool> DefaultIsValid = new()
    {
        [typeof(Command)] = default(Command) == Command.Time,
        [typeof(CloseReason)] = default(CloseReason) == CloseReason.PeerFinished,
        [typeof(NextAction)] = default(NextAction) == NextAction.Read && default(NextAction).IsRead,
        [typeof(Now)] = default(Now) == new Now(TimeSpan.Zero, default),
        [typeof(ByteString)] =
            default(ByteString) == ByteString.From([]) && default(ByteString).Memory.IsEmpty,
        [typeof(ErrorCode)] = default(ErrorCode) == ErrorCode.UnknownCommand,
        [typeof(Reply)] = default(Reply) == Reply.Bye,
        [typeof(ReplyError)] = default(ReplyError) == ReplyError.Unrecognised,
        [typeof(Session)] = default(Session).State == SessionState.New && default(Session).Errors == 0,
        [typeof(SessionEvent)] = default(SessionEvent) == SessionEvent.TimerElapsed,
        [typeof(StepResult)] = default(StepResult) == new StepResult(default, 0, 0, NextAction.Read),
        [typeof(TranscriptTime)] = default(TranscriptTime) == TranscriptTime.At(TimeSpan.Zero),
        [typeof(LineText)] = default(LineText) == TestValues.Text("-") && default(LineText).ToString() is "-",
        [typeof(Timestamp)] = default(Timestamp) == Timestamp.From(default),
        [typeof(Transition)] =
            (default(Transition).From, default(Transition).Trigger, default(Transition).Target)
                is (SessionState.New, Trigger.Opened, SessionState.New),
    };

    public static TheoryData<string> Names => [.. DefaultIsValid.Keys.Select(static type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_default_has_its_documented_meaning(string name) =>
        Assert.True(
            DefaultIsValid.Single(row => string.Equals(row.Key.Name, name, StringComparison.Ordinal)).Value
        );

    [Fact]
    public void Every_public_struct_has_a_row() =>
        Assert.Empty(
            typeof(Protocol)
                .Assembly.GetExportedTypes()
                .Where(static type => type is { IsValueType: true, IsEnum: false })
                .Except(DefaultIsValid.Keys)
                .Select(static type => type.FullName)
        );

    [Fact]
    public void No_verb_returns_a_bottom_Either()
    {
        Assert.False(Protocol.Parse("").IsBottom || Protocol.Parse("TIME").IsBottom);
        Assert.False(
            Protocol.Read("").IsBottom || Protocol.Read("BYE").IsBottom || Protocol.Read("TIME").IsBottom
        );
    }

    [Fact]
    public void A_default_value_can_be_used()
    {
        Assert.Equal("-", Escape.ToPrintable(default(LineText).Bytes));
        Assert.Equal("TIME 0001-01-01T00:00:00+00:00", Protocol.Render(Reply.Time(default)));
        Assert.Equal("PEER_FINISHED", default(CloseReason).Name);
        Assert.True(default(Transition).Goodbye.IsNone);
    }
}
