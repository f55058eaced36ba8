using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Errors;

/// <summary>The error codes: their names, their descriptions, and the properties that return them.</summary>
public class ErrorCodeTests
{
    [Law]
    public void Find_accepts_every_code_in_any_letter_case(ErrorCode error, int mask) =>
        Assert.Equal(
            error,
            TestValues.Given(ErrorCode.Find(TestValues.Text(Letters.Recase(error.Name, mask))))
        );

    [Law]
    public void Find_returns_a_code_only_for_the_name_of_one(LineText word) =>
        Assert.Equal(
            ErrorCode.All.Any(code =>
                string.Equals(code.Name, word.ToString(), StringComparison.OrdinalIgnoreCase)
            ),
            ErrorCode.Find(word).IsSome
        );

    [Fact]
    public void Each_property_returns_the_code_of_its_name_in_table_order()
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
            properties.Select(static property => ToUpperSnakeCase(property.Name))
        );
    }

    [Fact]
    public void The_first_four_codes_keep_the_connection_open_and_the_others_end_it() =>
        Assert.Equal(ErrorCode.All.Skip(4), ErrorCode.All.Where(static code => code.EndsConnection));

    [Fact]
    public void Each_code_has_a_description_advice_and_a_rule() =>
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

    private static string ToUpperSnakeCase(string name) =>
        string.Concat(
            name.Select(static (c, at) => at > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")
        );
}
