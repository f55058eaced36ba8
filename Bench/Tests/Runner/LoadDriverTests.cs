using TinyTcp.Bench.Runner;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests.Runner;

public class LoadDriverTests
{
    [Fact]
    public void Cpu_time_is_per_request_and_requests_are_per_second() =>
        AssertRead(
            """{"requests":100000,"seconds":2,"serverCpuSeconds":0.5,"clientCpuSeconds":0.25}""",
            (MeasureNames.ServerCpu, 5),
            (MeasureNames.ClientCpu, 2.5),
            (MeasureNames.Rate, 50_000)
        );

    [Fact]
    public void An_open_loop_has_latencies_and_late_requests() =>
        AssertRead(
            """{"requests":10,"late":1,"latencyMicroseconds":{"p50":1.5,"p90":2,"p99":3,"p99.9":4,"max":5}}""",
            (MeasureNames.Late, 10),
            (MeasureNames.P50, 1.5),
            (MeasureNames.P90, 2),
            (MeasureNames.P99, 3),
            (MeasureNames.P999, 4),
            (MeasureNames.Max, 5)
        );

    [Fact]
    public void A_start_is_in_milliseconds_and_mebibytes() =>
        AssertRead(
            """{"firstReplySeconds":0.02,"residentBytes":2097152}""",
            (MeasureNames.FirstReply, 20),
            (MeasureNames.Resident, 2)
        );

    [Fact]
    public void The_figures_of_a_client_program_precede_those_of_its_process() =>
        AssertRead(
            """
            connected
            {"requests":4,"seconds":2,"latencies":[{"percentilesMicroseconds":{"max":9,"p50":1,"p90":2,"p99":3,"p99.9":null}}]}
            {"seconds":5,"clientCpuSeconds":8,"peakResidentBytes":1048576,"latencyMicroseconds":{"p50":7,"p90":7,"p99":7,"p99.9":7,"max":7}}
            """,
            (MeasureNames.ClientCpu, 2e6),
            (MeasureNames.Rate, 2),
            (MeasureNames.PeakResident, 1),
            (MeasureNames.P50, 1),
            (MeasureNames.P90, 2),
            (MeasureNames.P99, 3),
            (MeasureNames.Max, 9)
        );

    private static void AssertRead(string output, params (string Measure, double Value)[] expected) =>
        Assert.Equal(
            expected,
            LoadDriver.Read(output).Select(static measured => (measured.Measure, measured.Value))
        );
}
