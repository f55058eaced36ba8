using TinyTcp.Cli.Terminals;
using Xunit;

namespace TinyTcp.Tests.Client.Parsing;

/// <summary>What the program prints without arguments, and its pages by the word help.</summary>
public class UsageTests
{
    private const int Rows = 24;

    [Fact]
    public async Task Without_arguments_a_usage_is_printed_that_fits_80_columns_and_24_rows()
    {
        var (code, output, error) = await CliRunner.RunAsync();
        Assert.Equal((2, ""), (code, error));
        var lines = output.Split('\n')[..^1];
        // The last row is the prompt's.
        Assert.InRange(lines.Length, 1, Rows - 1);
        Assert.All(lines, static line => Assert.InRange(line.Length, 0, Terminal.DefaultWidth));
        Assert.Contains("\n  bench ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help time", "time --help")]
    [InlineData("help BENCH", "bench --help")]
    [InlineData("HELP completion", "completion --help")]
    [InlineData("127.0.0.1:1 help send", "send --help")]
    [InlineData("help -v probe", "probe --help")]
    [InlineData("help help", "help --help")]
    [InlineData("help exit-codes", "exit-codes")]
    public async Task Help_and_a_command_is_its_page(string words, string same)
    {
        var page = await CliRunner.RunAsync(same.Split(' '));
        Assert.Equal(0, page.Code);
        Assert.Equal(page, await CliRunner.RunAsync(words.Split(' ')));
    }
}
