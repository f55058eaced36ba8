using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The client among a host's services, and what it counts there.</summary>
public class HostingTests
{
    [Fact]
    public async Task All_share_one_client_that_connects_when_it_is_asked()
    {
        await using var server = Truthful.Server();
        await using var host = new ServiceCollection()
            .AddTinyTcpClient(TestValues.Right(Target.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();

        var client = host.GetRequiredService<TinyTcpClient>();
        Assert.Same(client, host.GetRequiredService<TinyTcpClient>());
        Assert.Equal(TestValues.Moment, await client.TimeAsync());
    }

    [Fact]
    public void Wrong_options_are_told_at_once() =>
        Assert.Contains(
            "longest reply line",
            Assert
                .Throws<ArgumentException>(() =>
                    new ServiceCollection().AddTinyTcpClient(
                        TestValues.Right(Target.From("127.0.0.1:1")),
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
            .AddTinyTcpClient(TestValues.Right(Target.From(server.Address)), ClientOptions.Default)
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

    [Fact]
    public async Task A_meter_that_throws_lets_nobody_wait_for_ever()
    {
        await using var server = Peer.Greeting(static async caller => await caller.HearAsync());
        await using var host = new ServiceCollection()
            .AddMetrics()
            .AddTinyTcpClient(TestValues.Right(Target.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();
        using var listener = Listening(host.GetRequiredService<IMeterFactory>(), []);
        listener.SetMeasurementEventCallback<double>(
            static (instrument, _, _, _) =>
            {
                if (instrument.Name == "tinytcp.client.request.duration")
                {
                    throw new InvalidOperationException("full");
                }
            }
        );

        var client = host.GetRequiredService<TinyTcpClient>();
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.TimeAsync());
    }

    [Fact]
    public async Task A_host_that_is_disposed_of_without_waiting_ends_its_client()
    {
        await using var server = Truthful.Server();
        TinyTcpClient client;
        using (
            var host = new ServiceCollection()
                .AddTinyTcpClient(TestValues.Right(Target.From(server.Address)), ClientOptions.Default)
                .BuildServiceProvider()
        )
        {
            client = host.GetRequiredService<TinyTcpClient>();
            Assert.Equal(TestValues.Moment, await client.TimeAsync());
        }

        Assert.Equal(new ClientError.Over(EndedBy.Disposal), TestValues.Left(await client.TimeAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_hosts_clock_is_taken_where_the_options_have_none(bool given)
    {
        var (hosts, own) = (new AlarmClock(), new AlarmClock());
        await using var server = Peer.Greeting(static caller => caller.StayAsync());
        await using var host = new ServiceCollection()
            .AddSingleton<TimeProvider>(hosts)
            .AddTinyTcpClient(
                TestValues.Right(Target.From(server.Address)),
                given ? ClientOptions.Default with { Time = own } : ClientOptions.Default
            )
            .BuildServiceProvider();

        var asking = host.GetRequiredService<TinyTcpClient>().TimeAsync();
        await (given ? own : hosts).AlarmsAsync(3);
        (given ? own : hosts).Advance(ClientOptions.Default.ReplyTimeout);
        Assert.IsType<ClientError.TimedOut>(TestValues.Left(await asking));
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
