using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Core.Commands;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Bench;

/// <summary>The load loop with TIME requests: which replies it accepts.</summary>
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
        foreach (var segmentation in LoadLoopTests.Segmentations.Append(Segmentation.ByteByByte))
        {
            var simulation = RunWithTimes(times.Split('|'), segmentation);
            Assert.True(simulation.Error.IsNone, $"{simulation.Error}");
            Assert.Equal(
                simulation.Servers.Sum(static server => server.Requests),
                simulation.Result.Requests
            );
        }
    }

    [Theory]
    [InlineData("TIME 2025-09-99T17:24:13-05:00", "PROTOCOL_ERROR")]
    [InlineData("TIME 9999-99-99T99:99:99-05:00", "PROTOCOL_ERROR")]
    [InlineData("TIME 2025-09-12x17:24:13-05:00", "PROTOCOL_ERROR")]
    [InlineData("TIME 2025-02-29T17:24:13-05:00", "PROTOCOL_ERROR")]
    [InlineData("TIME", "PROTOCOL_ERROR")]
    [InlineData("ECHO hello", "PROTOCOL_ERROR")]
    [InlineData("ERROR BAD_ARGUMENTS", "BAD_ARGUMENTS")]
    [InlineData("ERROR OUT_OF_TEA", "ERROR_REPLY")]
    [InlineData("ERROR SHUTTING_DOWN", "SHUTTING_DOWN")]
    public void Every_reply_to_TIME_must_be_a_valid_time(string wrong, string code)
    {
        foreach (var segmentation in LoadLoopTests.Segmentations.Append(Segmentation.ByteByByte))
        {
            for (var place = 0; place < Times.Depth; place++)
            {
                string[] times = [.. Enumerable.Repeat("TIME 2025-09-12T17:24:13-05:00", Times.Depth)];
                times[place] = wrong;
                Assert.Equal(code, TestValues.Given(RunWithTimes(times, segmentation).Error).Code);
            }
        }
    }

    /// <summary>Runs with servers that reply with these times in a cycle.</summary>
    private static LoadSimulation RunWithTimes(string[] times, Segmentation segmentation)
    {
        var answered = new Dictionary<SimulatedServer, int>();
        return new LoadSimulation(
            Times,
            (server, _) =>
            {
                server.Read();
                var before = answered.GetValueOrDefault(server);
                answered[server] = server.Requests;
                var replies = Enumerable
                    .Range(before, answered[server] - before)
                    .Select(index => times[index % times.Length] + "\n");
                return server.Send(server.ActionCount == 0 ? "WELCOME, test\n" : string.Concat(replies));
            }
        )
        {
            Segmentation = segmentation,
        }.Run();
    }
}
