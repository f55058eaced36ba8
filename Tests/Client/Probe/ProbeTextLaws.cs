using Spectre.Console.Rendering;
using TinyTcp.Cli.Probe;
using TinyTcp.Client;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Probe;

/// <summary>What is printed of a probe: no terminal has to break it, and a program reads back what was meant.</summary>
public class ProbeTextLaws
{
    [Law]
    public void A_line_fits_the_width_for_any_address_and_error(
        AnyString path,
        AnyBytes received,
        ProbeRounds rounds,
        byte width
    )
    {
        var target = ServerEndPoint
            .From($"unix:{path.Characters}")
            .IfLeft(TestValues.Right(ServerEndPoint.From(LongestAddress)));
        var broken = new ClientError.ProtocolError(
            new ProtocolViolation.UnsolicitedReply(Quote.Of(received.Bytes.Span))
        );
        foreach (var sample in rounds.SamplesOf(target))
        {
            var told = sample.IsAnswered
                ? sample.Rounded()
                : sample with
                {
                    Result = ProbeResult.Failed(broken),
                };
            var line = ProbeText.Format(told, showsTimestamp: width % 2 == 0, (int)width);
            Assert.InRange(new Segment(line).CellCount(), 0, width);
            Assert.DoesNotContain(line, char.IsControl);
        }
    }

    [Fact]
    public void The_times_of_the_longest_address_fit_in_80_columns()
    {
        var late = TimeSpan.FromMilliseconds(99.999);
        var sample = new ProbeSample(
            TestValues.Right(ServerEndPoint.From(LongestAddress)),
            123_456,
            TestValues.Moment,
            default,
            default,
            new ProbeResult(late, late, late, default)
        );
        Assert.Equal(
            "17:24:13 [2001:...:65535: seq=123456 connect=99.999 greeting=99.999 reply=99.999",
            ProbeText.Format(sample, showsTimestamp: true, 80)
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
