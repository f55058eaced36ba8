using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Shell.Logging;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>The lines of the log (N-2).</summary>
public sealed class LineFormatterTests
{
    [Law]
    public void Whatever_an_event_says_it_is_one_printable_line(AnyString said)
    {
        foreach (var formatter in new[] { LineFormatter.Simple, LineFormatter.Systemd })
        {
            var line = Written(formatter, LogLevel.Information, said.Characters);
            Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
            Assert.DoesNotContain(line[..^Environment.NewLine.Length], char.IsControl);
        }
    }

    [Theory]
    [InlineData("a\nb", @"<6>a\x0Ab")]
    [InlineData("\u001b]0;x\u0007", @"<6>\x1B]0;x\x07")]
    [InlineData("\u009b31m", @"<6>\xC2\x9B31m")]
    [InlineData(@"C:\x", @"<6>C:\\x")]
    [InlineData("Grüße", "<6>Grüße")]
    public void What_is_not_printable_is_escaped(string said, string line) =>
        Assert.Equal(line + Environment.NewLine, Written(LineFormatter.Systemd, LogLevel.Information, said));

    [Fact]
    public void An_exception_stands_on_the_same_line()
    {
        var line = Written(LineFormatter.Systemd, LogLevel.Critical, "died", new IOException("one\ntwo"));
        Assert.StartsWith(@"<2>died: System.IO.IOException: one\x0Atwo", line, StringComparison.Ordinal);
        Assert.Single(line.TrimEnd().Split('\n'));
    }

    [Theory]
    [InlineData(LogLevel.Trace, "<7>", " trace: ")]
    [InlineData(LogLevel.Debug, "<7>", " debug: ")]
    [InlineData(LogLevel.Information, "<6>", " info: ")]
    [InlineData(LogLevel.Warning, "<4>", " warning: ")]
    [InlineData(LogLevel.Error, "<3>", " error: ")]
    [InlineData(LogLevel.Critical, "<2>", " critical: ")]
    public void Each_level_has_its_number_and_its_word(LogLevel level, string number, string word)
    {
        Assert.StartsWith(number, Written(LineFormatter.Systemd, level, ""), StringComparison.Ordinal);
        Assert.Contains(word, Written(LineFormatter.Simple, level, ""), StringComparison.Ordinal);
    }

    private static string Written(
        LineFormatter formatter,
        LogLevel level,
        string said,
        Exception? exception = null
    )
    {
        using var line = new StringWriter(new StringBuilder());
        formatter.Write(
            new LogEntry<string>(level, "", default, said, exception, static (state, _) => state),
            scopeProvider: null,
            line
        );
        return line.ToString();
    }
}
