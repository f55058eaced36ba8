using TinyTcp.Core.Errors;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Replies;

/// <summary>The error table's rows and the names in <see cref="ErrorCode"/> are the same set.</summary>
public class ErrorTableTests
{
    private static readonly ErrorCode[] Named =
    [
        ErrorCode.UnknownCommand,
        ErrorCode.BadArguments,
        ErrorCode.BadEncoding,
        ErrorCode.LineTooLong,
        ErrorCode.WrongProtocol,
        ErrorCode.UnterminatedLine,
        ErrorCode.IdleTimeout,
        ErrorCode.LineTimeout,
        ErrorCode.TooManyErrors,
        ErrorCode.ServerBusy,
        ErrorCode.TooManyConnections,
        ErrorCode.ShuttingDown,
    ];

    [Law]
    public void Every_word_is_found_in_any_letter_case(ErrorCode error, int mask) =>
        Assert.Equal(error, Some.Given(ErrorTable.Find(Some.Text(Letters.Recase(error.Name, mask)))));

    [Law]
    public void A_word_is_found_only_where_a_row_has_it(LineText word) =>
        Assert.Equal(
            ErrorTable.Rows.Any(row =>
                string.Equals(row.Code, word.ToString(), StringComparison.OrdinalIgnoreCase)
            ),
            ErrorTable.Find(word).IsSome
        );

    [Fact]
    public void Each_name_is_that_of_its_row() =>
        Assert.Equal(
            string.Join(' ', ErrorTable.Rows.Select(static row => row.Code)),
            string.Join(
                ' ',
                typeof(ErrorCode)
                    .GetProperties()
                    .Where(static property => property.PropertyType == typeof(ErrorCode))
                    .Select(static property => ToWord(property.Name))
            )
        );

    [Fact]
    public void Each_row_is_named_in_order() =>
        Assert.Equal(ErrorTable.Rows.AsEnumerable(), Named.Select(static error => error.Spec));

    [Fact]
    public void Four_errors_answer_a_request_and_the_others_end_the_connection() =>
        Assert.Equal(Named.Skip(4), Named.Where(static error => error.EndsConnection));

    [Fact]
    public void Each_row_says_when_what_to_do_and_by_which_rule() =>
        Assert.All(
            ErrorTable.Rows,
            static row =>
            {
                Assert.EndsWith(".", row.When, StringComparison.Ordinal);
                Assert.EndsWith(".", row.Advice, StringComparison.Ordinal);
                Assert.Matches("^[A-Z]-[0-9]+$", row.Rule);
                Assert.Equal(row.Code, row.Word.ToString());
            }
        );

    private static string ToWord(string name) =>
        string.Concat(
            name.Select(static (c, at) => at > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}")
        );
}
