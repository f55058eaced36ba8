using TinyTcp.Cli.Terminals;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Terminals;

/// <summary>How texts are shortened to columns of a terminal.</summary>
public class DisplayWidthLaws
{
    [Law]
    public void A_text_is_shortened_to_the_columns_if_and_only_if_it_is_wider(
        AnyString any,
        TerminalWidth width
    )
    {
        var text = Sanitizer.Sanitize(any.Characters);
        Assert.All(
            [DisplayWidth.Ellipsize(text, width.Columns), DisplayWidth.EllipsizeMiddle(text, width.Columns)],
            shown =>
            {
                Assert.InRange(DisplayWidth.Of(shown), 0, width.Columns);
                Assert.Equal(DisplayWidth.Of(text) <= width.Columns, shown == text);
            }
        );
    }
}
