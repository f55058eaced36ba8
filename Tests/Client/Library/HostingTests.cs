using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The client as a service of a host, and its metrics.</summary>
public class HostingTests
{
    [Fact]
    public async Task The_client_is_a_singleton_that_connects_on_first_use()
    {
        await using var server = ReferenceServer.Start();
        await using var host = new ServiceCollection()
            .AddTinyTcpClient(TestValues.Right(ServerEndPoint.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();

        var client = host.GetRequiredService<TinyTcpClient>();
        Assert.Same(client, host.GetRequiredService<TinyTcpClient>());
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
    }

    [Fact]
    public void Invalid_options_throw_at_registration() =>
        Assert.Contains(
            "MaxReplyLine",
            Assert
                .Throws<ArgumentException>(() =>
                    new ServiceCollection().AddTinyTcpClient(
                        TestValues.Right(ServerEndPoint.From("127.0.0.1:1")),
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
    public async Task A_client_per_key_has_its_own_server()
    {
        await using var first = ReferenceServer.Start();
        await using var second = FakeServer.StartWithReplies("ECHO hello\n");
        await using var host = new ServiceCollection()
            .AddKeyedTinyTcpClient("first", options => options.Server = first.Address)
            .AddKeyedTinyTcpClient("second", options => options.Server = second.Address)
            .BuildServiceProvider();

        var clients = new[] { "first", "second" }
            .Select(host.GetRequiredKeyedService<TinyTcpClient>)
            .ToList();
        Assert.Equal(TestValues.Moment, await clients[0].GetTimeAsync());
        Assert.Equal("hello", await clients[1].EchoAsync("hello"));
    }

    [Fact]
    public async Task Metrics_use_the_hosts_meter_factory()
    {
        await using var server = FakeServer.StartWithReplies("ECHO hello\n", "ERROR BAD_ARGUMENTS\n");
        await using var host = new ServiceCollection()
            .AddMetrics()
            .AddTinyTcpClient(TestValues.Right(ServerEndPoint.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();
        var counted = new ConcurrentQueue<string>();
        using var listener = Listen(host.GetRequiredService<IMeterFactory>(), counted);

        await using (var client = host.GetRequiredService<TinyTcpClient>())
        {
            await client.EchoAsync("hello");
            await client.GetTimeAsync();
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
    public async Task A_QUIT_is_counted_when_the_server_has_closed_or_has_not_in_time()
    {
        var (clock, counted) = (new TrackingTimeProvider(), new ConcurrentQueue<string>());
        var bye = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = FakeServer.StartWithReplies("BYE\n");
        await using var host = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var meters = host.GetRequiredService<IMeterFactory>();
        using var listener = Listen(meters, counted);
        await using var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                TimeProvider = clock,
                MeterFactory = meters,
                OnLine = line => _ = line.ToString() == "<- BYE" && bye.TrySetResult(),
            }
        );

        var quit = client.QuitAsync();
        await bye.Task;
        while (!quit.IsCompleted)
        {
            clock.Advance(ClientOptions.Default.ReplyTimeout);
            await Task.Yield();
        }

        Assert.IsType<ClientError.TimedOut>(TestValues.Left(await quit));
        Assert.Equal(
            ["tinytcp.client.request.duration TIMED_OUT"],
            counted.Where(static line => line.Contains("request", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task A_meter_listener_that_throws_fails_the_pending_calls()
    {
        await using var server = FakeServer.StartWithGreeting(static async connection =>
            await connection.ReadLineAsync()
        );
        await using var host = new ServiceCollection()
            .AddMetrics()
            .AddTinyTcpClient(TestValues.Right(ServerEndPoint.From(server.Address)), ClientOptions.Default)
            .BuildServiceProvider();
        using var listener = Listen(host.GetRequiredService<IMeterFactory>(), []);
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
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetTimeAsync());
    }

    [Fact]
    public async Task Disposing_the_host_synchronously_closes_the_client()
    {
        await using var server = ReferenceServer.Start();
        TinyTcpClient client;
        using (
            var host = new ServiceCollection()
                .AddTinyTcpClient(
                    TestValues.Right(ServerEndPoint.From(server.Address)),
                    ClientOptions.Default
                )
                .BuildServiceProvider()
        )
        {
            client = host.GetRequiredService<TinyTcpClient>();
            Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
        }

        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Disposal),
            TestValues.Left(await client.GetTimeAsync())
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_hosts_TimeProvider_is_the_default(bool given)
    {
        var (hostClock, clientClock) = (new TrackingTimeProvider(), new TrackingTimeProvider());
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.WaitForCloseAsync()
        );
        await using var host = new ServiceCollection()
            .AddSingleton<TimeProvider>(hostClock)
            .AddTinyTcpClient(
                TestValues.Right(ServerEndPoint.From(server.Address)),
                given ? ClientOptions.Default with { TimeProvider = clientClock } : ClientOptions.Default
            )
            .BuildServiceProvider();

        var pending = host.GetRequiredService<TinyTcpClient>().GetTimeAsync();
        await (given ? clientClock : hostClock).WaitForTimersAsync(3);
        (given ? clientClock : hostClock).Advance(ClientOptions.Default.ReplyTimeout);
        Assert.IsType<ClientError.TimedOut>(TestValues.Left(await pending));
    }

    private static object? ErrorOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        tags.ToArray().SingleOrDefault(static tag => tag.Key == "error.type").Value;

    private static MeterListener Listen(IMeterFactory factory, ConcurrentQueue<string> counted)
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
            (instrument, _, tags, _) => Note($"{instrument.Name} {ErrorOf(tags)}")
        );
        listener.SetMeasurementEventCallback<long>(
            (instrument, value, _, _) => Note($"{instrument.Name} {value}")
        );
        listener.Start();
        return listener;

        void Note(string line) => counted.Enqueue(line.TrimEnd());
    }
}
