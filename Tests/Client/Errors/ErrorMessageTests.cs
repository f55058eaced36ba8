using TinyTcp.Cli.Terminals;
using Xunit;

namespace TinyTcp.Tests.Client.Errors;

/// <summary>Error messages on a terminal.</summary>
public class ErrorMessageTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(20)]
    [InlineData(1)]
    public async Task On_a_terminal_a_message_is_wrapped_between_words(int width)
    {
        string[] words = ["tiem"];
        var (_, _, whole) = await CliRunner.RunAsync(words);
        var (code, _, wrapped) = await CliRunner.RunAsync(
            words,
            new CliRunner.TestEnvironment
            {
                Terminal = Terminal.None with { HasError = true, GetWidth = () => width },
            }
        );
        Assert.Equal(2, code);
        var lines = wrapped.Split('\n')[..^1];
        Assert.True(lines.Length > 1);
        if (width >= 20)
        {
            Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
            Assert.Equal(whole, $"{string.Join(' ', lines.Select(static line => line.Trim()))}\n");
        }
    }
}
