using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TinyTcp.Client;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The options of a client in a host, from a configuration.</summary>
public class HostOptionsTests
{
    [Fact]
    public void A_section_sets_the_options_that_it_has()
    {
        var options = new TinyTcpClientOptions();
        Assert.True(
            options
                .Read(
                    Section(
                        ("Server", "unix:/run/tinytcp.sock"),
                        ("replytimeout", "500ms"),
                        ("MaxReplyLine", "64k"),
                        ("MaxPendingRequests", "7")
                    )
                )
                .IsNone
        );
        Assert.Equal(
            (
                "unix:/run/tinytcp.sock",
                TimeSpan.FromMilliseconds(500),
                65_536,
                7,
                new TinyTcpClientOptions().ConnectTimeout
            ),
            (
                options.Server,
                options.ReplyTimeout,
                options.MaxReplyLine,
                options.MaxPendingRequests,
                options.ConnectTimeout
            )
        );
    }

    [Theory]
    [InlineData("ReplyTimeout", "soon")]
    [InlineData("ConnectTimeout", "")]
    [InlineData("MaxReplyLine", "4g")]
    [InlineData("MaxPendingRequests", "1k")]
    [InlineData("Sever", "127.0.0.1:1")]
    [InlineData("Server", "127.0.0.1")]
    [InlineData("ReplyTimeout", "0")]
    public void An_invalid_value_or_an_unknown_key_throws_at_registration(string key, string value)
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new ServiceCollection().AddTinyTcpClient(Section((key, value)))
        );
        Assert.Contains(key == "Server" ? value : key, exception.Message, StringComparison.Ordinal);
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(
                values.Select(static each => KeyValuePair.Create($"TinyTcp:{each.Key}", (string?)each.Value))
            )
            .Build()
            .GetSection("TinyTcp");
}
