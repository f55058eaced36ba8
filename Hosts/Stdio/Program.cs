using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;

namespace TinyTcp.Hosts.Stdio;

/// <summary>
/// TinyTCP on standard input and output, for inetd, a pipe or a keyboard: all that a program needs to reuse the
/// core. It waits for input without an alarm, so a deadline is only seen when bytes come.
/// </summary>
internal static class Program
{
    private static void Main() =>
        Run(Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System);

    // stdio:begin
    internal static void Run(Stream input, Stream output, TimeProvider clock)
    {
        var limits = Limits.Default;
        var replies = new byte[Session.MinOutputSize(limits)];
        var requests = new byte[2 * limits.MaxLine];
        var held = 0;
        var start = clock.GetTimestamp();
        StepResult step = Tell(default, SessionEvent.Opened);
        while (step.Next.IsRead)
        {
            var count = input.Read(requests, held, requests.Length - held);
            held += count;
            do
            {
                step = Tell(step.Session, SessionEvent.Received(requests.AsMemory(0, held)));
                held -= step.Consumed;
                requests.AsSpan(step.Consumed, held).CopyTo(requests);
            } while (step.Next == NextAction.Flush);

            step = count == 0 ? Tell(step.Session, SessionEvent.PeerFinished) : step;
        }

        StepResult Tell(Session session, SessionEvent happened)
        {
            var now = new Now(clock.GetElapsedTime(start), clock.GetLocalNow());
            StepResult next = SessionMachine.Step(session, happened, now, limits, replies);
            output.Write(replies, 0, next.Written);
            output.Flush();
            return next;
        }
    }
    // stdio:end
}
