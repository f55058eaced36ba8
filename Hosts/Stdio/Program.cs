using TinyTcp.Core.Sessions;

namespace TinyTcp.Hosts.Stdio;

/// <summary>
/// TinyTCP on standard input and output, for inetd, a pipe or a keyboard: all the code that another host of the core
/// needs. It has no timer, so no deadline expires.
/// </summary>
internal static class Program
{
    private static void Main() =>
        Serve(Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System);

    // stdio:begin
    internal static void Serve(Stream input, Stream output, TimeProvider clock)
    {
        var limits = Limits.Default;
        var replies = new byte[Session.MinOutputSize(limits)];
        var requests = new byte[2 * limits.MaxLine];
        var buffered = 0;
        var start = clock.GetTimestamp();
        var step = Process(default, SessionEvent.Opened);
        while (step.Next.IsRead)
        {
            var count = input.Read(requests, buffered, requests.Length - buffered);
            buffered += count;
            do
            {
                step = Process(step.Session, SessionEvent.Received(requests.AsMemory(0, buffered)));
                buffered -= step.Consumed;
                requests.AsSpan(step.Consumed, buffered).CopyTo(requests);
            } while (step.Next == NextAction.Flush);

            step = count == 0 ? Process(step.Session, SessionEvent.PeerFinished) : step;
        }

        StepResult Process(Session session, SessionEvent sessionEvent)
        {
            var now = new Now(clock.GetElapsedTime(start), clock.GetLocalNow());
            var result = SessionMachine.Step(session, sessionEvent, now, limits, replies);
            output.Write(replies, 0, result.Written);
            output.Flush();
            return result;
        }
    }
    // stdio:end
}
