using Spectre.Console.Rendering;
using TinyTcp.Cli.Probe;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>A probe as a line of text, and rows of CSV.</summary>
public class ProbeTextLaws
{
    [Law]
    public void A_line_fits_the_width_for_any_address_and_error(ProbeLine line)
    {
        var text = ProbeText.Format(line.Sample, line.ShowsTimestamp, line.Width);
        Assert.InRange(new Segment(text).CellCount(), 0, line.Width);
        Assert.DoesNotContain(text, char.IsControl);
    }

    [Fact]
    public void The_times_of_the_longest_address_fit_in_80_columns()
    {
        var time = TimeSpan.FromMilliseconds(99.999);
        var sample = new ProbeSample(
            TestValues.Right(ServerEndPoint.From(ProbeLine.LongestAddress)),
            123_456,
            TestValues.Moment,
            default,
            default,
            new ProbeResult(time, time, time, default)
        );
        Assert.Equal(
            "17:24:13 [2001:...:65535: seq=123456 connect=99.999 greeting=99.999 reply=99.999",
            ProbeText.Format(sample, showsTimestamp: true, 80)
        );
    }

    [Theory]
    [InlineData(0.0004, "0.000")]
    [InlineData(99.9994, "99.999")]
    [InlineData(123.456, "123.46")]
    [InlineData(1_234.56, "1234.6")]
    [InlineData(12_345.6, "12346")]
    public void Times_have_five_digits(double milliseconds, string text) =>
        Assert.Equal(text, Milliseconds.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void The_summary_says_what_is_not_counted()
    {
        var statistics = new ProbeStatistics();
        var address = statistics.Of(TestValues.Right(ServerEndPoint.From("127.0.0.1:40000")));
        address.Start(TimeSpan.Zero);
        address.Start(TimeSpan.FromSeconds(1));
        address.Skip(12);
        statistics.End(TimeSpan.FromSeconds(3.25));
        using var output = new StringWriter { NewLine = "\n" };
        ProbeText.WriteSummary(
            ConsoleFactory.Create(output, useColors: false, Terminal.DefaultWidth),
            statistics
        );
        Assert.Equal(
            """

            127.0.0.1:40000
            0 sent, 0 answered, 0 lost (0%)
            2 not finished at the end, and not counted; the oldest waited 3.25 s
            12 skipped: tinytcp was late or paused, or 200 were under way

            """,
            output.ToString()
        );
    }

    [Law]
    public void Rows_of_CSV_are_read_back(CsvRows rows) =>
        Assert.Equal(rows.Rows, CsvReader.Read(string.Concat(rows.Rows.Select(CsvReport.Row))));
}
