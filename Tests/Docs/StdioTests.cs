using System.Text;
using TinyTcp.Core.Verbs;
using TinyTcp.Hosts.Stdio;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>The stdio host that README.md shows is a complete server.</summary>
public class StdioTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("TIME\nquit\nTIME\n", "TIME 2025-09-12T17:24:13-05:00\nBYE\n")]
    [InlineData("ECHO a\nTI", "ECHO a\nERROR UNTERMINATED_LINE\n")]
    public void A_stream_of_requests_gets_its_replies(string requests, string replies) =>
        Assert.Equal($"{Protocol.Greeting}\n{replies}", Serve(requests));

    [Fact]
    public void Requests_longer_than_the_buffer_are_all_answered()
    {
        var echo = $"ECHO {new string('e', 8_000)}\n";

        Assert.Equal(
            $"{Protocol.Greeting}\n{string.Concat(Enumerable.Repeat(echo, 10))}",
            Serve(string.Concat(Enumerable.Repeat(echo, 10)))
        );
    }

    private static string Serve(string requests)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(requests));
        using var output = new MemoryStream();
        Program.Serve(input, output, new StoppedClock());
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone =>
            TimeZoneInfo.CreateCustomTimeZone("west", TimeSpan.FromHours(-5), "west", "west");

        public override DateTimeOffset GetUtcNow() => TestValues.Moment.ToUniversalTime();

        public override long GetTimestamp() => 0;
    }
}
