using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TinyTcp.Shell.Logging;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>Log lines (N-2).</summary>
public sealed class LineFormatterTests
{
    private static readonly LineFormatter[] Formatters =
    [
        LineFormatter.Simple(TimeProvider.System),
        LineFormatter.Systemd(),
    ];

    [Law]
    public void Any_message_is_one_printable_line(AnyString message)
    {
        foreach (var formatter in Formatters)
        {
            var line = Format(formatter, LogLevel.Information, message.Characters);
            Assert.EndsWith(Environment.NewLine, line, StringComparison.Ordinal);
            Assert.DoesNotContain(line[..^Environment.NewLine.Length], char.IsControl);
        }
    }

    [Law]
    public void Any_exception_is_printable_and_only_the_first_line_of_its_event_has_no_indent(
        AnyString message
    )
    {
        foreach (var formatter in Formatters)
        {
            var text = Format(formatter, LogLevel.Critical, "crashed", new IOException(message.Characters));
            var lines = text[..^Environment.NewLine.Length].Split(Environment.NewLine);
            Assert.EndsWith("crashed", lines[0], StringComparison.Ordinal);
            Assert.All(lines, static line => Assert.DoesNotContain(line, char.IsControl));
            Assert.All(lines[1..], static line => Assert.Matches("^(<2>)?    ", line));
        }
    }

    [Theory]
    [InlineData("a\nb", @"<6>a\x0Ab")]
    [InlineData("\u001b]0;x\u0007", @"<6>\x1B]0;x\x07")]
    [InlineData("\u009b31m", @"<6>\xC2\x9B31m")]
    [InlineData(@"C:\x", @"<6>C:\\x")]
    [InlineData("Grüße", "<6>Grüße")]
    public void Unprintable_characters_are_escaped(string message, string line) =>
        Assert.Equal(
            line + Environment.NewLine,
            Format(LineFormatter.Systemd(), LogLevel.Information, message)
        );

    [Fact]
    public void An_exception_keeps_its_lines()
    {
        var exception = new IOException("one\r\ntwo\u001b[2J\n<0>forged");
        Assert.Equal(
            string.Concat(
                new[]
                {
                    "<2>crashed",
                    "<2>    System.IO.IOException: one",
                    @"<2>    two\x1B[2J",
                    "<2>    <0>forged",
                }.Select(static line => line + Environment.NewLine)
            ),
            Format(LineFormatter.Systemd(), LogLevel.Critical, "crashed", exception)
        );
    }

    [Fact]
    public void The_timestamp_is_the_local_time_of_the_clock()
    {
        var clock = new FakeTimeProvider(TestValues.Moment.ToUniversalTime());
        clock.SetLocalTimeZone(
            TimeZoneInfo.CreateCustomTimeZone("west", TestValues.Moment.Offset, "west", "west")
        );
        Assert.Equal(
            $"2025-09-12T17:24:13.000-05:00 info: started{Environment.NewLine}",
            Format(LineFormatter.Simple(clock), LogLevel.Information, "started")
        );
    }

    [Theory]
    [InlineData(LogLevel.Trace, "<7>", " trace: ")]
    [InlineData(LogLevel.Debug, "<7>", " debug: ")]
    [InlineData(LogLevel.Information, "<6>", " info: ")]
    [InlineData(LogLevel.Warning, "<4>", " warning: ")]
    [InlineData(LogLevel.Error, "<3>", " error: ")]
    [InlineData(LogLevel.Critical, "<2>", " critical: ")]
    public void Each_level_has_its_syslog_number_and_its_name(LogLevel level, string number, string name)
    {
        Assert.StartsWith(number, Format(LineFormatter.Systemd(), level, ""), StringComparison.Ordinal);
        Assert.Contains(
            name,
            Format(LineFormatter.Simple(TimeProvider.System), level, ""),
            StringComparison.Ordinal
        );
    }

    private static string Format(
        LineFormatter formatter,
        LogLevel level,
        string message,
        Exception? exception = null
    )
    {
        using var lines = new StringWriter(new StringBuilder());
        formatter.Write(
            new LogEntry<string>(level, "", default, message, exception, static (state, _) => state),
            scopeProvider: null,
            lines
        );
        return lines.ToString();
    }
}
