using TinyTcp.Client;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Words of strangers inside our sentences are short and whole.</summary>
public class QuoteTests
{
    [Theory]
    [InlineData(64, "'{0}'")]
    [InlineData(65, "'{1}...'")]
    public void What_is_quoted_is_short(int length, string form) =>
        Assert.Equal(
            string.Format(
                System.Globalization.CultureInfo.InvariantCulture,
                form,
                new string('x', length),
                new string('x', 64)
            ),
            Quote.Of(new string('x', length))
        );

    [Fact]
    public void What_is_quoted_is_not_cut_inside_a_character() =>
        Assert.Equal($"'{new string('x', 62)}...'", Quote.Of(new string('x', 62) + "\U0001F600 and more"));
}
