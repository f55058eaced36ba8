using TinyTcp.Core.Sessions;
using TinyTcp.Core.Verbs;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>The byte path allocates nothing per request, by the runtime's own counter.</summary>
public class AllocationTests
{
    private const int WarmUp = 200;
    private const int Requests = 1_000;

    private static readonly Limits Patient = Some.With(Some.SmallLimits, "max-errors", 0);

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
    public void A_line_that_comes_in_pieces_allocates_nothing()
    {
        var part = WireBytes.Bytes("ECHO he");
        var whole = WireBytes.Bytes("ECHO hello\n");
        Assert.Equal(0, AllocatedBy(session => Step(Step(session, part), whole)));
    }

    [Fact]
    public void Time_that_passes_allocates_nothing()
    {
        var room = new byte[Session.MinOutputSize(Patient)];
        Assert.Equal(
            0,
            AllocatedBy(session =>
                SessionMachine.Step(session, SessionEvent.TimerElapsed, Some.Now, Patient, room).Session
            )
        );
    }

    [Fact]
    public void A_whole_visit_allocates_nothing()
    {
        var room = new byte[Session.MinOutputSize(Patient)];
        var sent = WireBytes.Bytes("TIME\nQUIT\n");
        Assert.Equal(
            0,
            AllocatedBy(_ =>
                Step(SessionMachine.Step(default, SessionEvent.Opened, Some.Now, Patient, room).Session, sent)
            )
        );
    }

    [Fact]
    public void The_three_verbs_allocate_nothing()
    {
        var line = (ReadOnlyMemory<byte>)WireBytes.Bytes("ECHO hello");
        var room = new byte[64];
        Assert.Equal(
            0,
            AllocatedBy(session =>
            {
                Protocol.TryRender(Protocol.Evaluate(Protocol.Parse(line), Some.Moment), room, out _);
                return session;
            })
        );
    }

    private static readonly byte[] Room = new byte[Session.MinOutputSize(Patient)];

    private static Session Step(Session session, ReadOnlyMemory<byte> bytes) =>
        SessionMachine.Step(session, SessionEvent.Received(bytes), Some.Now, Patient, Room).Session;

    // The least of some: what the runtime allocates once, on its way to optimised code, is not the requests'.
    private static long AllocatedBy(Func<Session, Session> request)
    {
        var session = Repeat(request, Host.Opened(Patient).Session, WarmUp);
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

    private static Session Repeat(Func<Session, Session> request, Session session, int times)
    {
        for (var time = 0; time < times; time++)
        {
            session = request(session);
        }

        return session;
    }
}
