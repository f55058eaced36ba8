using System.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>What a client logs and traces, and its health check.</summary>
public class TelemetryTests
{
    [Fact]
    public async Task The_log_has_the_connection_and_its_end()
    {
        var log = new CollectingLog();
        await using var server = FakeServer.StartWithGreeting(static async connection =>
            await connection.ReadLineAsync()
        );
        await using (
            var client = await server.ConnectedClientAsync(ClientOptions.Default with { Logger = log })
        )
        {
            await client.GetTimeAsync();
        }

        Assert.Equal([1, 3], log.Entries.Select(static entry => entry.Id));
        Assert.All(
            log.Entries,
            entry => Assert.Contains(server.Address, entry.Text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_log_has_a_connect_that_failed()
    {
        var log = new CollectingLog();
        var target = $"127.0.0.1:{FreePort.Any()}";
        var options = ClientOptions.Default with { Logger = log };
        await TinyTcpClient.ConnectAsync(TestValues.Right(ServerEndPoint.From(target)), options);
        var entry = Assert.Single(log.Entries);
        Assert.Equal(4, entry.Id);
        Assert.Contains(target, entry.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_a_span_with_its_server_and_its_error()
    {
        var spans = new List<Activity>();
        await using var server = FakeServer.StartWithReplies("ECHO hello\n", "ERROR BAD_ARGUMENTS\n");
        using var parent = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "TinyTcp.Client",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.TraceId == parent.TraceId)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var client = await server.ConnectedClientAsync(ClientOptions.Default);
        await client.EchoAsync("hello");
        await client.GetTimeAsync();

        Assert.Equal(
            [("ECHO", null, ActivityStatusCode.Unset), ("TIME", "BAD_ARGUMENTS", ActivityStatusCode.Error)],
            spans.Select(static span => (span.OperationName, span.GetTagItem("error.type"), span.Status))
        );
        Assert.All(
            spans,
            span =>
                Assert.Equal(
                    server.Address,
                    $"{span.GetTagItem("server.address")}:{span.GetTagItem("server.port")}"
                )
        );
    }

    [Fact]
    public async Task A_server_that_replies_is_healthy_and_one_that_is_gone_is_not()
    {
        var server = ReferenceServer.Start();
        var endPoint = TestValues.Right(ServerEndPoint.From(server.Address));
        await using var client = TestValues.Right(TinyTcpClient.Create(endPoint, ClientOptions.Default));
        var check = new TinyTcpHealthCheck(client);
        var context = new HealthCheckContext
        {
            Registration = new("tinytcp", check, HealthStatus.Degraded, tags: null),
        };
        Assert.Equal(HealthStatus.Healthy, (await check.CheckHealthAsync(context)).Status);

        await server.DisposeAsync();
        var unhealthy = await check.CheckHealthAsync(context);
        Assert.Equal(HealthStatus.Degraded, unhealthy.Status);
        Assert.Contains(server.Address, unhealthy.Description, StringComparison.Ordinal);
    }

    /// <summary>In /proc/net/tcp the timer of an idle connection with keep-alive has kind 2.</summary>
    [Fact]
    public async Task An_idle_connection_is_probed_by_the_kernel()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var server = ReferenceServer.Start();
        await using var client = await TinyTcpClient
            .ConnectAsync(TestValues.Right(ServerEndPoint.From(server.Address)), ClientOptions.Default)
            .OrThrow();
        var port = server.Address.Split(':')[1];
        var hex = int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)
            .ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
        var line = Assert.Single(
            await File.ReadAllLinesAsync("/proc/net/tcp"),
            line =>
                line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var peer, "01", ..]
                && peer.EndsWith($":{hex}", StringComparison.Ordinal)
        );
        Assert.StartsWith(
            "02:",
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5],
            StringComparison.Ordinal
        );
    }
}
