using TinyTcp.Cli.Errors;
using TinyTcp.Cli.Terminals;
using TinyTcp.Client.Primitives;
using Xunit;

namespace TinyTcp.Tests.Client.Errors;

/// <summary>Error messages: their advice, and their lines on a terminal.</summary>
public class ErrorMessageTests
{
    [Theory]
    [InlineData(9, "It is closed: redirect it")]
    [InlineData(27, "ulimit -f")]
    [InlineData(28, "Free some space")]
    [InlineData(122, "Free some space")]
    [InlineData(5, "Check what it is redirected to")]
    public void The_advice_of_an_output_error_depends_on_the_systems_error(int number, string advice) =>
        Assert.Contains(
            advice,
            CliError.OutputError(new IOException("The system's text", number)).Message,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("/no-such-folder/requests.txt")]
    [InlineData("no-such-file\e.txt")]
    public async Task A_file_of_requests_that_is_missing_is_named(string path)
    {
        var (code, _, error) = await CliRunner.RunAsync("send", path);
        Assert.Equal(ExitCodes.IoFailed.Code, code);
        Assert.Equal($"tinytcp: Cannot read {Quote.Of(path)}: no such file. Check the path.\n", error);
    }

    [Theory]
    [InlineData("tls://127.0.0.1:1", "/no-such-file.pem", "SSL_CERT_FILE: cannot read '/no-such-file.pem' (")]
    [InlineData("tls://127.0.0.1:1", "/", "SSL_CERT_FILE: cannot read '/' (")]
    [InlineData("tls://127.0.0.1:1", "", "Cannot connect")]
    [InlineData("127.0.0.1:1", "/no-such-file.pem", "Cannot connect")]
    public async Task Certificates_that_cannot_be_read_are_a_usage_error_of_TLS(
        string target,
        string file,
        string expected
    )
    {
        if (!OperatingSystem.IsLinux())
        {
            // .NET has OpenSSL's variable only there.
            return;
        }

        var environment = new CliRunner.TestEnvironment { Variables = { ["SSL_CERT_FILE"] = file } };
        var (code, _, error) = await CliRunner.RunAsync(["time", "-t", target], environment);
        Assert.StartsWith($"tinytcp: {expected}", error, StringComparison.Ordinal);
        Assert.Equal(expected.StartsWith("SSL", StringComparison.Ordinal) ? 2 : 3, code);
    }

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
