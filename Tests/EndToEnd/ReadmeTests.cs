using System.Globalization;
using TinyTcp.Tests.Docs;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>The README's server and client commands, run as processes.</summary>
[Trait("Category", "Program")]
public sealed class ReadmeTests
{
    private const string Moment = "2025-09-12T17:24:13-05:00";

    [Fact]
    public async Task The_client_prints_the_transcript_in_README()
    {
        using var server = ProgramProcess.Start(ProgramProcess.Server, ["--port", "0", "--now", Moment]);
        var port = (await server.ReadEndPoint()).Port.ToString(CultureInfo.InvariantCulture);
        var (exitCode, output, error) = await ProgramProcess.Run("tinytcp", ["127.0.0.1", port]);

        var shown = Markdown.Blocks("README.md", "transcript").First().Content;
        Assert.Equal(shown.Replace("40000", port, StringComparison.Ordinal), output);
        Assert.Equal((0, ""), (exitCode, error));
    }
}
