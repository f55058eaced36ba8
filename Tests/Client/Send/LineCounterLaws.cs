using FsCheck;
using TinyTcp.Cli.Send;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Send;

/// <summary>Which line of an input a request is.</summary>
public class LineCounterLaws
{
    private static readonly string[] BlankLines = ["", " ", "\t\r", "\v \f"];

    /// <summary>F-3.</summary>
    [Law]
    public void A_request_has_the_number_of_its_line_for_any_segmentation(
        NonEmptyArray<LineText> texts,
        NonEmptyArray<byte> gaps,
        bool endsWithLf,
        Segmentation segmentation
    )
    {
        var lines = new List<string>();
        var expected = new List<long>();
        foreach (var (text, index) in texts.Get.Select(static (text, index) => (text, index)))
        {
            lines.AddRange(BlankLines.Take(gaps.Get[index % gaps.Get.Length] % (BlankLines.Length + 1)));
            lines.Add(text.ToString());
            expected.Add(lines.Count);
        }

        var bytes = WireBytes.Utf8(string.Join('\n', lines) + (endsWithLf ? "\n" : ""));
        var (numbers, found) = (new LineCounter(), new List<long>());
        foreach (var segment in segmentation.Segments(bytes))
        {
            numbers.Add(segment);
            for (
                var number = numbers.LineOf(found.Count + 1);
                number.IsSome;
                number = numbers.LineOf(found.Count + 1)
            )
            {
                found.Add(TestValues.Given(number));
            }
        }

        Assert.Equal(expected, found);
    }
}
