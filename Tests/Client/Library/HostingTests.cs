using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client;

/// <summary>The client among a host's services, and what it counts there.</summary>
public class HostingTests
{
    [Fact]
    public async Task All_share_one_client_that_connects_when_it_is_asked()
    {
        await using var server = Truthful.Server();
        await using var host = new ServiceCollection()
            .AddTinyTcpClient(Some.Right(Target.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();

        var client = host.GetRequiredService<TinyTcpClient>();
        Assert.Same(client, host.GetRequiredService<TinyTcpClient>());
        Assert.Equal(Some.Moment, await client.TimeAsync());
    }

    [Fact]
    public void Wrong_options_are_told_at_once() =>
        Assert.Contains(
            "longest reply line",
            Assert
                .Throws<ArgumentException>(() =>
                    new ServiceCollection().AddTinyTcpClient(
                        Some.Right(Target.From("127.0.0.1:1")),
                        ClientOptions.Default with
                        {
                            MaxReplyLine = 1,
                        }
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public async Task Replies_connects_and_open_connections_are_counted_by_the_hosts_meters()
    {
        await using var server = Peer.Answering("ECHO hello\n", "ERROR BAD_ARGUMENTS\n");
        await using var host = new ServiceCollection()
            .AddMetrics()
            .AddTinyTcpClient(Some.Right(Target.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();
        var counted = new List<string>();
        using var listener = Listening(host.GetRequiredService<IMeterFactory>(), counted);

        await using (var client = host.GetRequiredService<TinyTcpClient>())
        {
            await client.EchoAsync("hello");
            await client.TimeAsync();
        }

        Assert.Equal<string>(
            [
                "tinytcp.client.connect.duration",
                "tinytcp.client.connections -1",
                "tinytcp.client.connections 1",
                "tinytcp.client.request.duration",
                "tinytcp.client.request.duration BAD_ARGUMENTS",
            ],
            counted.Order(StringComparer.Ordinal)
        );
    }

    private static MeterListener Listening(IMeterFactory factory, List<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, factory))
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>(
            (instrument, _, tags, _) => Note($"{instrument.Name} {(tags.IsEmpty ? "" : tags[0].Value)}")
        );
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => Note($"{instrument.Name} {value}")
        );
        listener.Start();
        return listener;

        void Note(string line)
        {
            lock (counted)
            {
                counted.Add(line.TrimEnd());
            }
        }
    }
}
