using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>The load loop with an open-loop schedule on virtual time.</summary>
public class OpenLoopTests
{
    private static readonly LoadProfile Open = LoadLoopTests.Closed with
    {
        Connections = 10,
        Depth = 1,
        Rate = 1_000L,
        Duration = TimeSpan.FromSeconds(3),
    };

    [Fact]
    public void An_open_loop_sends_at_its_rate_independent_of_replies()
    {
        var simulation = LoadLoopTests.RunWithoutErrors(Open);
        Assert.Equal(3_000, simulation.Result.Requests);
        Assert.Equal(3_010, simulation.Servers.Sum(static server => server.Requests));
        Assert.Equal(3_000, simulation.Result.LatencyFromSent.Count);
    }

    [Fact]
    public void A_stall_of_the_server_raises_corrected_latencies_but_not_raw_ones()
    {
        var simulation = new LoadSimulation(
            Open,
            static (server, now) => now.TotalSeconds is < 1 or > 2 && server.ReplyCorrectly()
        ).Run();
        Assert.True(simulation.Error.IsNone);
        Assert.Equal(3_000, simulation.Result.Requests);
        // A third of all requests was due in that second, and waited for the rest of it.
        Assert.InRange(
            LoadLoopTests.ValueOf(simulation.Result.LatencyFromDue, "p90").TotalSeconds,
            0.65,
            0.75
        );
        Assert.InRange(
            LoadLoopTests.ValueOf(simulation.Result.LatencyFromSent, "p99").TotalMilliseconds,
            0,
            1
        );
    }

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(1, 450)]
    public void Throughput_counts_replies_not_due_requests(double seconds, int unanswered)
    {
        // Ten servers that take 200 ms for a reply: 50 of 1,000 requests a second.
        var answered = new Dictionary<SimulatedServer, TimeSpan>();
        var load = Open with { Duration = TimeSpan.FromSeconds(seconds) };
        var result = new LoadSimulation(
            load,
            (server, now) =>
            {
                var isDue = now - answered.GetValueOrDefault(server) >= TimeSpan.FromMilliseconds(200);
                answered[server] = isDue ? now : answered.GetValueOrDefault(server);
                return isDue && server.ReplyCorrectly();
            }
        ).Run().Result;
        Assert.Equal(50 * seconds, result.Replies, 10.0);
        Assert.Equal(1_000 * seconds, result.Requests + result.Unanswered);
        // The wait for the last replies ends with the reply timeout.
        Assert.Equal(unanswered, result.Unanswered, 20.0);
        Assert.Equal(result.Requests - result.Replies, result.Late, 10.0);
    }

    [Fact]
    public void Requests_in_flight_at_Ctrl_C_are_counted_apart_and_have_no_latency()
    {
        static bool Stalls(SimulatedServer server, TimeSpan now) =>
            now.TotalSeconds < 1 && server.ReplyCorrectly();

        var open = new LoadSimulation(Open, Stalls) { StoppedAt = TimeSpan.FromSeconds(2) }
            .Run()
            .Result;
        Assert.Equal(0, open.Unanswered);
        Assert.Equal(1_000, open.InFlight, 5.0);
        Assert.InRange(open.Requests + open.InFlight, 1_900, 1_990);
        Assert.Equal((open.Requests, open.Requests), (open.LatencyFromDue.Count, open.LatencyFromSent.Count));

        var closed = new LoadSimulation(
            LoadLoopTests.Closed with
            {
                Duration = TimeSpan.FromSeconds(9),
            },
            Stalls
        )
        {
            StoppedAt = TimeSpan.FromSeconds(2),
        }
            .Run()
            .Result;
        Assert.Equal((0, 12), (closed.Unanswered, closed.InFlight));
        Assert.Equal(closed.Requests, closed.LatencyFromDue.Count);
    }

    [Fact]
    public void Unanswered_requests_count_their_wait_until_the_timeout()
    {
        var simulation = new LoadSimulation(
            Open,
            static (server, now) => now.TotalSeconds < 1 && server.ReplyCorrectly()
        ).Run();
        Assert.Equal("TIMED_OUT", TestValues.Given(simulation.Error).Code);
        Assert.Equal(0, simulation.Result.InFlight);
        Assert.Equal(3_000, simulation.Result.Requests + simulation.Result.Unanswered);
        Assert.True(LoadLoopTests.ValueOf(simulation.Result.LatencyFromDue, "p50").TotalSeconds > 8);
    }

    [Fact]
    public void A_slow_connection_does_not_delay_the_others()
    {
        var servers = new List<SimulatedServer>();
        var simulation = new LoadSimulation(
            Open,
            (server, now) =>
            {
                var isSlow =
                    server.ActionCount > 0 && server == servers.FirstOrDefault() && now.TotalSeconds < 2;
                servers.Add(server);
                return !isSlow && server.ReplyCorrectly();
            }
        ).Run();
        Assert.InRange(
            LoadLoopTests.ValueOf(simulation.Result.LatencyFromDue, "p90").TotalMilliseconds,
            0,
            1
        );
        Assert.True(LoadLoopTests.ValueOf(simulation.Result.LatencyFromDue, "max").TotalSeconds > 1.5);
    }
}
