using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Errors;

/// <summary>The error codes: their words, their texts, and the properties that name them.</summary>
public class ErrorCodeTests
{
    [Law]
    public void Every_word_is_found_in_any_letter_case(ErrorCode error, int mask) =>
        Assert.Equal(error, Some.Given(ErrorCode.Find(Some.Text(Letters.Recase(error.Name, mask)))));

    [Law]
    public void A_word_is_found_only_if_a_code_has_it(LineText word) =>
        Assert.Equal(
            ErrorCode.All.Any(code =>
                string.Equals(code.Name, word.ToString(), StringComparison.OrdinalIgnoreCase)
            ),
            ErrorCode.Find(word).IsSome
        );

    [Fact]
    public void Each_property_has_the_code_of_its_name_in_the_order_of_the_table()
    {
        var properties = typeof(ErrorCode)
            .GetProperties()
            .Where(static property => property.PropertyType == typeof(ErrorCode))
            .ToArray();
        Assert.Equal(
            ErrorCode.All.AsEnumerable(),
            properties.Select(static property => (ErrorCode)property.GetValue(null)!)
        );
        Assert.Equal(
            ErrorCode.All.Select(static code => code.Name),
            properties.Select(static property => ToWord(property.Name))
        );
    }

    [Fact]
    public void Four_errors_answer_a_request_and_the_others_end_the_connection() =>
        Assert.Equal(ErrorCode.All.Skip(4), ErrorCode.All.Where(static code => code.EndsConnection));

    [Fact]
    public void Each_code_has_a_description_an_advice_and_a_rule() =>
        Assert.All(
            ErrorCode.All,
            static code =>
            {
                Assert.EndsWith(".", code.Description, StringComparison.Ordinal);
                Assert.EndsWith(".", code.Advice, StringComparison.Ordinal);
                Assert.Matches("^[A-Z]-[0-9]+$", code.Rule);
                Assert.Equal((code.Name, code.Name), (code.Word.ToString(), code.ToString()));
            }
        );

    private static string ToWord(string name) =>
        string.Concat(
            name.Select(static (c, at) => at > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")
        );
}
