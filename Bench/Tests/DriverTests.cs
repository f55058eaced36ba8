using TinyTcp.Bench.Running;
using TinyTcp.Bench.Statistics;
using Xunit;

namespace TinyTcp.Bench.Tests;

/// <summary>What the load driver prints, as figures.</summary>
public class DriverTests
{
    [Fact]
    public void Cpu_time_is_counted_by_the_request_and_requests_by_the_second() =>
        Assert.Equal(
            new[] { (Measures.Cpu, 5.0), (Measures.LoadCpu, 2.5), (Measures.Rate, 50_000.0) },
            Driver.ReadFigures(
                """{"requests":100000,"seconds":2,"serverCpuSeconds":0.5,"loadCpuSeconds":0.25}"""
            )
        );

    [Fact]
    public void Latencies_come_with_how_many_requests_left_late() =>
        Assert.Equal(
            [
                (Measures.P50, 1.5),
                (Measures.P90, 2.0),
                (Measures.P99, 3.0),
                (Measures.P999, 4.0),
                (Measures.Longest, 5.0),
                (Measures.Late, 10.0),
            ],
            Driver
                .ReadFigures(
                    """{"requests":10,"seconds":1,"serverCpuSeconds":0,"loadCpuSeconds":0,"sent":10,"late":1,"latencyMicroseconds":{"p50":1.5,"p90":2,"p99":3,"p99.9":4,"max":5}}"""
                )
                .Skip(3)
        );

    [Fact]
    public void A_start_is_told_in_milliseconds_and_mebibytes() =>
        Assert.Equal(
            new[] { (Measures.FirstReply, 20.0), (Measures.Resident, 2.0) },
            Driver.ReadFigures("""{"seconds":0.02,"residentBytes":2097152}""")
        );
}
