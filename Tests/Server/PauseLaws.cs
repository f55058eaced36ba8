using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>
/// The process is stopped at any moments, for longer than any limit, while clients keep every limit (S-5, S-6, S-9, S-12).
/// Three clients a case.
/// </summary>
public sealed class PauseLaws
{
    /// <summary>The limits that clients keep.</summary>
    private static readonly Limits Kept = With(idle: 300, line: 200, write: 160);

    /// <summary>Without time-outs only the stop ends a conversation.</summary>
    private static readonly Limits Unlimited = With(idle: 0, line: 0, write: 0);

    private static readonly string Bye = "BYE\n";
    private static readonly string ShuttingDown = WireBytes.Line(ErrorCode.ShuttingDown);

    [Law]
    public void A_pause_at_any_moment_changes_no_answer(
        (byte Gap, byte Act)[] steps,
        (byte Calls, byte Length)[] pauses
    )
    {
        using var run = new PausedRun(Kept, steps, pauses, readsSlowly: true);
        run.Run(static (_, clients) => Array.ForEach(clients, static client => client.Quit()));
        Assert.All(
            run.Clients,
            static client =>
            {
                Assert.Equal(client.Expected + Bye, client.Received);
                Assert.True(client.SawFin && !client.SawReset);
            }
        );
    }

    [Law]
    public void A_pause_during_a_stop_loses_no_request_that_was_sent_before(
        (byte Gap, byte Act)[] steps,
        (byte Calls, byte Length)[] pauses
    )
    {
        using var run = new PausedRun(Unlimited, steps, pauses, readsSlowly: false);
        run.Run(static (simulation, _) => simulation.RequestStop());
        Assert.True(run.HasStopped);
        Assert.All(
            run.Clients,
            static client => Assert.Equal(client.Expected + ShuttingDown, client.Received)
        );
    }

    private static Limits With(int idle, int line, int write) =>
        new (string Name, int Value)[]
        {
            ("max-line", 1_024),
            ("idle-timeout", idle),
            ("line-timeout", line),
            ("write-timeout", write),
            ("max-unread-output", 1_024),
            ("max-errors", 0),
        }.Aggregate(
            Limits.Default,
            static (limits, limit) => TestValues.With(limits, limit.Name, limit.Value)
        );
}
