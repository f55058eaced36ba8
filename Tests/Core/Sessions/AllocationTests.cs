using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>A request allocates no memory, by the runtime's counter of the thread.</summary>
public class AllocationTests
{
    private const int WarmUp = 200;
    private const int Requests = 1_000;

    private static readonly Limits NoErrorLimit = TestValues.With(TestValues.SmallLimits, "max-errors", 0);

    public static TheoryData<string> Inputs =>
        [
            "TIME\n",
            "ECHO hello\n",
            "ECHO \xC3\xA9\xE6\xBC\xA2\n",
            "help\n",
            " \r\n",
            "NONSENSE\n",
            "ECHO\n",
            "ECHO \xFF\n",
            new string('x', 65) + "\n",
            "TIME\nECHO a\nHELP\n\nx\n",
        ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void A_step_allocates_nothing(string sent)
    {
        var bytes = WireBytes.Bytes(sent);
        Assert.Equal(0, AllocatedBy(session => Step(session, bytes)));
    }

    [Fact]
    public void A_line_in_two_segments_allocates_nothing()
    {
        var part = WireBytes.Bytes("ECHO he");
        var whole = WireBytes.Bytes("ECHO hello\n");
        Assert.Equal(0, AllocatedBy(session => Step(Step(session, part), whole)));
    }

    [Fact]
    public void TimerElapsed_allocates_nothing()
    {
        var destination = new byte[Session.MinOutputSize(NoErrorLimit)];
        Assert.Equal(
            0,
            AllocatedBy(session =>
                SessionMachine
                    .Step(session, SessionEvent.TimerElapsed, TestValues.Now, NoErrorLimit, destination)
                    .Session
            )
        );
    }

    [Fact]
    public void A_whole_conversation_allocates_nothing()
    {
        var destination = new byte[Session.MinOutputSize(NoErrorLimit)];
        var sent = WireBytes.Bytes("TIME\nQUIT\n");
        Assert.Equal(
            0,
            AllocatedBy(_ =>
                Step(
                    SessionMachine
                        .Step(default, SessionEvent.Opened, TestValues.Now, NoErrorLimit, destination)
                        .Session,
                    sent
                )
            )
        );
    }

    [Fact]
    public void Parse_Evaluate_and_TryRender_allocate_nothing()
    {
        var line = (ReadOnlyMemory<byte>)WireBytes.Bytes("ECHO hello");
        var destination = new byte[64];
        Assert.Equal(
            0,
            AllocatedBy(session =>
            {
                Protocol.TryRender(
                    Protocol.Evaluate(Protocol.Parse(line), TestValues.Moment),
                    destination,
                    out _
                );
                return session;
            })
        );
    }

    private static readonly byte[] Destination = new byte[Session.MinOutputSize(NoErrorLimit)];

    private static Session Step(Session session, ReadOnlyMemory<byte> bytes) =>
        SessionMachine
            .Step(session, SessionEvent.Received(bytes), TestValues.Now, NoErrorLimit, Destination)
            .Session;

    // The minimum of five runs, because the runtime itself may allocate once while it optimises the code.
    private static long AllocatedBy(Func<Session, Session> request)
    {
        var session = Repeat(request, Host.Opened(NoErrorLimit).Session, WarmUp);
        return Enumerable.Range(0, 5).Min(_ => AllocatedOnce(request, session));
    }

    private static long AllocatedOnce(Func<Session, Session> request, Session session)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        session = Repeat(request, session, Requests);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(session);
        return allocated;
    }

    private static Session Repeat(Func<Session, Session> request, Session session, int iterations)
    {
        for (var iteration = 0; iteration < iterations; iteration++)
        {
            session = request(session);
        }

        return session;
    }
}
