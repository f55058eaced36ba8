using Spectre.Console.Rendering;
using TinyTcp.Cli.Probe;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Client.Statistics;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>A probe as a line of text, and rows of CSV.</summary>
public class ProbeTextLaws
{
    private const int Wide = 10_000;

    [Law]
    public void A_line_fits_the_width_for_any_address_and_error(ProbeLine line)
    {
        Assert.All(
            line.Format(line.Width),
            text =>
            {
                Assert.InRange(new Segment(text).CellCount(), 0, line.Width);
                Assert.DoesNotContain(text, char.IsControl);
            }
        );
    }

    [Fact]
    public void A_wide_character_of_an_address_takes_two_columns() =>
        A_line_fits_the_width_for_any_address_and_error(
            new(
                "0123456789䃈",
                [],
                IsAnswered: true,
                784_952,
                Width: 41,
                ShowsTimestamp: false,
                ShowsAddress: true
            )
        );

    [Law]
    public void From_40_columns_on_no_time_is_split_or_cut(ProbeLine line)
    {
        var answered = line with { IsAnswered = true };
        Assert.Equal(Times(answered.Format(Wide)), Times(answered.Format(40 + line.Width)));

        static IEnumerable<string> Times(IEnumerable<string> lines) =>
            lines
                .SelectMany(static text => text.Split([' ', '=']))
                .Where(static word =>
                    word.Length > 0 && word.All(static letter => char.IsAsciiDigit(letter) || letter == '.')
                )
                .TakeLast(3);
    }

    [Law]
    public void The_summary_fits_the_terminal_and_splits_no_number(MeasuredTimes measured)
    {
        var statistics = new ProbeStatistics();
        var address = TestValues.Right(ServerEndPoint.From("127.0.0.1:40000"));
        foreach (var time in measured.Times)
        {
            statistics.Add(new(address, 1, default, default, time, new(time, time, time, default)));
        }

        var narrow = Summary(statistics, 40);
        Assert.All(narrow.Split('\n'), static line => Assert.InRange(line.TrimEnd().Length, 0, 40));
        Assert.Equal(Words(Summary(statistics, Wide)), Words(narrow));

        static IEnumerable<string> Words(string text) =>
            text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Lost_probes_stand_out_in_the_chart_of_replies() =>
        Assert.Equal(
            "reply ▁▄!█",
            ProbeText
                .FormatStatus(
                    OneAddress(),
                    [TimeSpan.Zero, TimeSpan.FromMilliseconds(1), default, TimeSpan.FromMilliseconds(2)],
                    new Bars(IsUnicode: true),
                    80
                )
                .First()
        );

    [Fact]
    public void The_times_of_the_longest_address_fit_in_80_columns()
    {
        var time = TimeSpan.FromMilliseconds(99.999);
        var sample = new ProbeSample(
            TestValues.Right(ServerEndPoint.From(ProbeLine.LongestAddress)),
            12_345,
            TestValues.Moment,
            default,
            default,
            new ProbeResult(time, time, time, default)
        );
        Assert.Equal(
            "17:24:13 [2001:d...:65535: seq=12345 connect=99.999 greeting=99.999 reply=99.999",
            Assert.Single(
                new SampleLine(sample, new(sample.Address), ShowsAddress: true, ShowsTimestamp: true).Format(
                    isShortened: true,
                    80,
                    new Theme(HasColors: false)
                )
            )
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
        Assert.Equal(
            """

            127.0.0.1:40000
            0 sent, 0 answered, 0 lost (0%)
            2 not finished at the end, and not counted; the oldest waited 3.25 s
            12 skipped: tinytcp was late or paused, or 200 were under way

            """,
            Summary(statistics, Terminal.DefaultWidth)
        );
    }

    [Law]
    public void Rows_of_CSV_are_read_back(CsvRows rows) =>
        Assert.Equal(rows.Rows, CsvReader.Read(string.Concat(rows.Rows.Select(CsvReport.Row))));

    private static ProbeStatistics OneAddress()
    {
        var statistics = new ProbeStatistics();
        statistics.Of(TestValues.Right(ServerEndPoint.From("127.0.0.1:40000"))).Start(default);
        return statistics;
    }

    private static string Summary(ProbeStatistics statistics, int width)
    {
        using var output = new StringWriter { NewLine = "\n" };
        ProbeText.WriteSummary(ConsoleFactory.Create(output, useColors: false, width), statistics);
        return $"{output}";
    }
}
