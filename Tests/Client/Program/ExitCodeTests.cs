using System.Globalization;
using TinyTcp.Cli;
using TinyTcp.Client;
using TinyTcp.Tests.Client.Library;
using Xunit;

namespace TinyTcp.Tests.Client.Program;

/// <summary>One table of exit codes: it is whole, help prints it, and every trouble ends in its own row.</summary>
public class ExitCodeTests
{
    [Fact]
    public void No_two_rows_share_a_code_or_a_name()
    {
        Assert.Distinct(ExitCodes.Rows.Select(static row => row.Code));
        Assert.Distinct(ExitCodes.Rows.Select(static row => row.Name));
    }

    [Fact]
    public void Every_code_of_the_program_has_its_row() =>
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
    public async Task Help_prints_every_row()
    {
        var words = HelpTests.Words((await Invoked.RunAsync("--help")).Output);
        Assert.All(
            ExitCodes.Rows,
            row =>
                Assert.Contains(
                    $" {row.Code.ToString(CultureInfo.InvariantCulture)} {row.Name} {row.When}",
                    words,
                    StringComparison.Ordinal
                )
        );
    }

    [Fact]
    public void Every_trouble_that_is_not_the_callers_has_a_code_of_its_own()
    {
        var codes = ClientErrorTests
            .OneOfEach.Where(static error => error.Fault != Fault.Caller)
            .Select(ExitCodes.Of)
            .ToArray();

        Assert.Distinct(codes);
        Assert.DoesNotContain(ExitCodes.Success, codes);
        Assert.DoesNotContain(ExitCodes.Usage, codes);
    }

    [Fact]
    public void The_callers_faults_are_a_wrong_command_line() =>
        Assert.All(
            ClientErrorTests.OneOfEach.Where(static error => error.Fault == Fault.Caller),
            static error => Assert.Equal(ExitCodes.Usage, ExitCodes.Of(error))
        );
}
