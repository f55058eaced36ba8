using System.Globalization;
using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Terminals;

/// <summary>A boundary that is searched beside an index is the one that is found from the start of the text.</summary>
public class TextElementLaws
{
    [Law(times: 10)]
    public void The_boundaries_beside_an_index_are_those_of_the_whole_text(ElementText any)
    {
        int[] boundaries = [.. StringInfo.ParseCombiningCharacters(any.Text), any.Text.Length];
        Assert.Equal(
            boundaries.LastOrDefault(boundary => boundary < any.Index),
            TextElements.PreviousBoundary(any.Text, any.Index)
        );
        Assert.Equal(
            boundaries.First(boundary => boundary >= any.Index),
            TextElements.BoundaryAtOrAfter(any.Text, any.Index)
        );
    }
}
