using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Core.Errors;
using TinyTcp.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>The server as a service of a Generic Host.</summary>
public sealed class HostingTests
{
    [Fact]
    public async Task A_loop_that_fails_stops_the_other_loops_and_the_host_and_makes_the_service_fail()
    {
        var clock = new FailingClock();
        using var log = new CollectingProvider();
        using var host = Build(clock, log);
        var service = Assert.IsType<TinyTcpService>(host.Services.GetRequiredService<IHostedService>());
        await host.StartAsync();
        var shutdown = host.WaitForShutdownAsync();
        var endPoint = await log.ReadEndPoint();
        clock.FailOnce();
        using var client = new TcpClient();
        await Task.WhenAny(client.ConnectAsync(endPoint));
        await shutdown.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(service.ExecuteTask is { IsFaulted: true });
        Assert.Equal(1, log.Log.Count(30));
    }

    [Fact]
    public async Task A_host_runs_every_server_that_is_added()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var options = new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Threads = 1 };
        builder.Services.AddTinyTcp(options);
        builder.Services.AddTinyTcp(options);
        using var host = builder.Build();
        await host.StartAsync();
        var endPoints = host
            .Services.GetServices<TinyTcpService>()
            .Select(static service => TestValues.Given(service.Server).EndPoint)
            .ToList();
        Assert.Equal(2, endPoints.Distinct().Count());
        foreach (var endPoint in endPoints)
        {
            Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(endPoint, "QUIT\n"));
        }

        await host.StopAsync();
        Assert.All(
            endPoints,
            static endPoint => Assert.Throws<SocketException>(() => new TcpClient().Connect(endPoint))
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_host_that_is_disposed_and_not_stopped_aborts_its_server(bool isSynchronous)
    {
        using var log = new CollectingProvider();
        using var host = Build(TimeProvider.System, log);
        await host.StartAsync();
        var service = host.Services.GetRequiredService<TinyTcpService>();
        var endPoint = TestValues.Given(service.Server).EndPoint;
        using var client = await Loopback.Connect(endPoint);
        Assert.Equal(Simulation.Greeting, await client.Read(Simulation.Greeting.Length));
        if (isSynchronous)
        {
            host.Dispose();
        }
        else
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Assert.Equal(WireBytes.Line(ErrorCode.ShuttingDown), await client.ReadToEnd());
        Assert.Throws<SocketException>(() => new TcpClient().Connect(endPoint));
    }

    [Fact]
    public async Task A_server_does_not_outlive_a_host_whose_other_server_cannot_start()
    {
        using var occupied = Loopback.Listen();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddTinyTcp(
            new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Threads = 1 }
        );
        builder.Services.AddTinyTcp(
            new ServerOptions { EndPoint = (IPEndPoint)occupied.LocalEndPoint!, Threads = 1 }
        );
        IPEndPoint endPoint;
        using (var host = builder.Build())
        {
            await Assert.ThrowsAsync<TinyTcpStartException>(() => host.StartAsync());
            var first = host.Services.GetServices<TinyTcpService>().First();
            endPoint = TestValues.Given(first.Server).EndPoint;
        }

        Assert.Throws<SocketException>(() => new TcpClient().Connect(endPoint));
    }

    private static IHost Build(TimeProvider clock, ILoggerProvider log)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(clock);
        builder.Services.AddTinyTcp(
            new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 0), Threads = 3 }
        );
        return builder.Build();
    }

    /// <summary>Collects the log of the server and reads the end point from it.</summary>
    private sealed class CollectingProvider : ILoggerProvider
    {
        private const string Listening = "Listening on ";

        internal CollectingLog Log { get; } = new();

        internal async Task<IPEndPoint> ReadEndPoint() =>
            IPEndPoint.Parse((await Log.First(1))[Listening.Length..].Split(',')[0]);

        public ILogger CreateLogger(string categoryName) =>
            categoryName == typeof(TinyServer).FullName ? Log : NullLogger.Instance;

        public void Dispose() { }
    }

    /// <summary>A clock that can throw once: the next loop that reads it fails.</summary>
    private sealed class FailingClock : TimeProvider
    {
        private int fails;

        internal void FailOnce() => Volatile.Write(ref fails, 1);

        public override DateTimeOffset GetUtcNow() =>
            Interlocked.Exchange(ref fails, 0) == 1
                ? throw new InvalidOperationException("for the test")
                : base.GetUtcNow();
    }
}
