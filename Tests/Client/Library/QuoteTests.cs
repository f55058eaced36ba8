using TinyTcp.Client.Primitives;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Quoted text in messages is short and not cut inside a character.</summary>
public class QuoteTests
{
    [Theory]
    [InlineData(64, "'{0}'")]
    [InlineData(65, "'{1}...'")]
    public void A_quote_has_at_most_64_bytes(int length, string form) =>
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
    public void A_quote_is_not_cut_inside_a_character() =>
        Assert.Equal($"'{new string('x', 62)}...'", Quote.Of(new string('x', 62) + "\U0001F600 and more"));
}
