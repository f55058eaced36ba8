using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>The load's loop where it asks for the time: what it takes for one.</summary>
public class TimeRequestTests
{
    private static readonly LoadProfile Times = LoadLoopTests.Closed with
    {
        Request = Command.Time,
        WarmUp = TimeSpan.Zero,
        Duration = TimeSpan.FromMilliseconds(5),
    };

    [Theory]
    [InlineData("TIME 2025-09-12T17:24:13-05:00")]
    [InlineData("TIME 2025-09-12T17:24:14+05:00")]
    [InlineData("TIME 2025-09-12T17:24:13.25Z")]
    [InlineData("TIME 2026-02-09T17:24:14-05:00|TIME 2025-12-31T17:24:13.25Z|TIME 2025-12-31T23:59:59Z")]
    public void Valid_times_in_any_allowed_form_are_accepted(string times)
    {
        foreach (var seed in new int?[] { null, 1, 2, 3 })
        {
            var trial = RunWithTimes(times.Split('|'), seed);
            Assert.True(trial.Error.IsNone, $"{trial.Error}");
            Assert.Equal(trial.Servers.Sum(static server => server.Requests), trial.Result.Requests);
        }
    }

    [Theory]
    [InlineData("TIME 2025-09-99T17:24:13-05:00")]
    [InlineData("TIME 9999-99-99T99:99:99-05:00")]
    [InlineData("TIME 2025-09-12x17:24:13-05:00")]
    [InlineData("TIME 2025-02-29T17:24:13-05:00")]
    [InlineData("TIME")]
    public void Every_reply_to_TIME_must_be_a_valid_time(string wrong)
    {
        foreach (var seed in new int?[] { null, 1, 2, 3 })
        {
            for (var place = 0; place < Times.Depth; place++)
            {
                string[] times = [.. Enumerable.Repeat("TIME 2025-09-12T17:24:13-05:00", Times.Depth)];
                times[place] = wrong;
                Assert.Equal("PROTOCOL_ERROR", TestValues.Given(RunWithTimes(times, seed).Error).Code);
            }
        }
    }

    /// <summary>Servers that answer by these times, one after the other, over and over.</summary>
    private static LoadSimulation RunWithTimes(string[] times, int? seed)
    {
        var told = new Dictionary<SimulatedServer, int>();
        return new LoadSimulation(
            Times,
            (server, _) =>
            {
                server.Peer.Read();
                var before = told.GetValueOrDefault(server);
                told[server] = server.Requests;
                var now = Enumerable
                    .Range(before, told[server] - before)
                    .Select(index => times[index % times.Length] + "\n");
                return server.Send(server.ActionCount == 0 ? "WELCOME, test\n" : string.Concat(now));
            },
            seed
        ).Run();
    }
}
