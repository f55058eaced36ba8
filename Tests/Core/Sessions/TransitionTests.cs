using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The state machine: each cell of its table, and each listed transition in a session.</summary>
public class TransitionTests
{
    private const string ExpectedTable = """
        New: Opened>Greeted ServerFull>SERVER_BUSY AddressFull>TOO_MANY_CONNECTIONS PeerFinished>PEER_FINISHED ShutdownRequested>SHUTTING_DOWN
        Greeted: TlsHello>WRONG_PROTOCOL BlankLine>Idle Answered>Idle AnsweredWithError>Idle ErrorsExceeded>TOO_MANY_ERRORS Quit>QUIT WrongProtocolLine>WRONG_PROTOCOL PartialLine>InLine LineTooLong>DiscardingLine PeerFinished>PEER_FINISHED IdleTimedOut>IDLE_TIMEOUT WriteTimedOut>WRITE_TIMEOUT ShutdownRequested>SHUTTING_DOWN
        Idle: BlankLine>Idle Answered>Idle AnsweredWithError>Idle ErrorsExceeded>TOO_MANY_ERRORS Quit>QUIT WrongProtocolLine>WRONG_PROTOCOL PartialLine>InLine LineTooLong>DiscardingLine PeerFinished>PEER_FINISHED IdleTimedOut>IDLE_TIMEOUT WriteTimedOut>WRITE_TIMEOUT ShutdownRequested>SHUTTING_DOWN
        InLine: BlankLine>Idle Answered>Idle AnsweredWithError>Idle ErrorsExceeded>TOO_MANY_ERRORS Quit>QUIT WrongProtocolLine>WRONG_PROTOCOL PartialLine>InLine LineTooLong>DiscardingLine PeerFinished>UNTERMINATED_LINE LineTimedOut>LINE_TIMEOUT IdleTimedOut>IDLE_TIMEOUT WriteTimedOut>WRITE_TIMEOUT ShutdownRequested>SHUTTING_DOWN
        DiscardingLine: PartialLine>DiscardingLine DiscardedLineEnded>Idle PeerFinished>PEER_FINISHED LineTimedOut>LINE_TIMEOUT IdleTimedOut>IDLE_TIMEOUT WriteTimedOut>WRITE_TIMEOUT ShutdownRequested>SHUTTING_DOWN
        Ended:
        """;

    private static readonly string Overlong = new('x', TestValues.SmallLimits.MaxLine + 1);

    public static TheoryData<SessionState, Trigger> Listed
    {
        get
        {
            var cells = new TheoryData<SessionState, Trigger>();
            foreach (var row in Transitions.Rows)
            {
                cells.Add(row.From, row.Trigger);
            }

            return cells;
        }
    }

    [Fact]
    public void Every_cell_equals_that_of_the_expected_table() =>
        Assert.Equal(
            ExpectedTable.ReplaceLineEndings("\n"),
            string.Join(
                '\n',
                Enum.GetValues<SessionState>()
                    .Select(static state => $"{state}:{string.Concat(Cells(state))}")
            )
        );

    [Fact]
    public void No_cell_is_listed_twice() =>
        Assert.Equal(
            Transitions.Rows.Length,
            Transitions.Rows.Select(static row => (row.From, row.Trigger)).Distinct().Count()
        );

    [Fact]
    public void A_row_to_Ended_closes_and_any_other_row_reads() =>
        Assert.All(
            Transitions.Rows,
            static row => Assert.Equal(row.Target == SessionState.Ended ? "close" : "read", Kind(row.Next))
        );

    [Fact]
    public void A_row_with_a_goodbye_closes_with_its_error() =>
        Assert.All(
            Transitions.Rows.Where(static row => row.Goodbye.IsSome),
            static row =>
                Assert.Equal(NextAction.Close(CloseReason.Goodbye(TestValues.Given(row.Goodbye))), row.Next)
        );

    [Theory]
    [MemberData(nameof(Listed))]
    public void A_session_makes_the_listed_transition(SessionState state, Trigger trigger)
    {
        var row = Transitions.Rows.Single(row => row.From == state && row.Trigger == trigger);
        var host = Triggers.Cause(trigger, HostIn(state, Triggers.LimitsFor(state, trigger)), Overlong);
        Assert.Equal((row.Target, row.Next), (host.Session.State, host.Next));
    }

    private static IEnumerable<string> Cells(SessionState state) =>
        from trigger in Enum.GetValues<Trigger>()
        from row in Transitions.Rows.Where(row => row.From == state && row.Trigger == trigger)
        select $" {trigger}>{(row.Target == SessionState.Ended ? Reason(row.Next) : row.Target)}";

    private static string Kind(NextAction next) =>
        next.Match(read: static () => "read", flush: static () => "flush", close: static _ => "close");

    private static string Reason(NextAction next) =>
        next.Match(read: static () => "", flush: static () => "", close: static reason => reason.ToString());

    private static Host HostIn(SessionState state, Limits limits) =>
        state switch
        {
            SessionState.New => new Host(limits),
            SessionState.Greeted => Host.Opened(limits),
            SessionState.Idle => Host.Opened(limits).Receive("\n"),
            SessionState.InLine => Host.Opened(limits).Receive(" "),
            SessionState.DiscardingLine => Host.Opened(limits).Receive(Overlong),
            SessionState.Ended => Host.Opened(limits).Receive("QUIT\n"),
        };
}
