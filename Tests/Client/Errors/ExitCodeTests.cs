using System.Globalization;
using TinyTcp.Cli.Errors;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Client.Library;
using TinyTcp.Tests.Client.Parsing;
using Xunit;

namespace TinyTcp.Tests.Client.Errors;

/// <summary>The table of exit codes.</summary>
public class ExitCodeTests
{
    [Fact]
    public void No_two_rows_share_a_code_or_a_name()
    {
        Assert.Distinct(ExitCodes.Rows.Select(static row => row.Code));
        Assert.Distinct(ExitCodes.Rows.Select(static row => row.Name));
    }

    [Fact]
    public void Every_exit_code_is_in_the_table() =>
        Assert.Equal(
            typeof(ExitCodes)
                .GetProperties(
                    System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic
                )
                .Where(static property => property.PropertyType == typeof(ExitCode))
                .Select(static property => (ExitCode)property.GetValue(null)!),
            ExitCodes.Rows
        );

    [Fact]
    public async Task The_page_of_exit_codes_has_every_row()
    {
        var words = HelpTests.NormalizeSpaces((await CliRunner.RunAsync("help", "exit-codes")).Output);
        Assert.All(
            ExitCodes.Rows,
            row =>
                Assert.Contains(
                    $" {row.Code.ToString(CultureInfo.InvariantCulture)} {row.Name} {row.Description}",
                    words,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Each_error_that_is_not_the_callers_has_its_own_code()
    {
        var codes = ClientErrorTests
            .OneOfEach.Where(static error => error.Source != ErrorSource.Caller)
            .Select(ExitCodes.From)
            .ToArray();

        Assert.Distinct(codes);
        Assert.DoesNotContain(ExitCodes.Success, codes);
        Assert.DoesNotContain(ExitCodes.Usage, codes);
    }

    [Fact]
    public void Errors_of_the_caller_have_the_usage_code() =>
        Assert.All(
            ClientErrorTests.OneOfEach.Where(static error => error.Source == ErrorSource.Caller),
            static error => Assert.Equal(ExitCodes.Usage, ExitCodes.From(error))
        );
}
