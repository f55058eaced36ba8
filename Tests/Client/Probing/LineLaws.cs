using Spectre.Console.Rendering;
using TinyTcp.Cli.Probing;
using TinyTcp.Client;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probing;

/// <summary>What is printed of a probe: no terminal has to break it, and a program reads back what was meant.</summary>
public class LineLaws
{
    [Law]
    public void A_line_fits_whatever_the_address_and_the_server_are(
        AnyString path,
        AnyBytes said,
        Rounds rounds,
        byte width
    )
    {
        var target = Target
            .From($"unix:{path.Characters}")
            .IfLeft(TestValues.Right(Target.From(LongestAddress)));
        var broken = new ClientError.ProtocolBroken(new Breach.Unasked(Quote.Of(said.Bytes.Span)));
        foreach (var sample in rounds.Of(target))
        {
            var told = sample.IsAnswered
                ? sample.Kept()
                : sample with
                {
                    Result = ProbeResult.Failed(broken),
                };
            var line = ProbeText.Of(told, stamped: width % 2 == 0, (int)width);
            Assert.InRange(new Segment(line).CellCount(), 0, width);
            Assert.DoesNotContain(line, char.IsControl);
        }
    }

    [Fact]
    public void The_times_of_the_longest_address_are_seen_in_80_columns()
    {
        var late = TimeSpan.FromMilliseconds(99.999);
        var sample = new Sample(
            TestValues.Right(Target.From(LongestAddress)),
            123_456,
            TestValues.Moment,
            default,
            default,
            new ProbeResult(late, late, late, default)
        );
        Assert.Equal(
            "17:24:13 [2001:...:65535: seq=123456 connect=99.999 greeting=99.999 reply=99.999",
            ProbeText.Of(sample, stamped: true, 80)
        );
    }

    [Law]
    public void Rows_of_CSV_are_read_back(AnyString[][] rows)
    {
        // A row without a field, or with an empty one only, is an empty line: no form of CSV tells these apart.
        var written = rows.Where(static row => row.Length > 0)
            .Select(static row => row.Select(static field => field.Characters).ToArray())
            .ToArray();
        Assert.Equal(written, CsvReader.Read(string.Concat(written.Select(Csv.Row))));
    }

    private const string LongestAddress = "[2001:db8:1234:5678:9abc:def0:1234:5678]:65535";
}
