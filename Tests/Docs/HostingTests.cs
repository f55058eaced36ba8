using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Runs the example host of Shell/README.md.</summary>
public class HostingTests
{
    [Fact]
    public async Task The_example_host_serves_until_it_is_stopped()
    {
        using var host = CreateHost(port: 0);
        await host.StartAsync();
        var server = host.Services.GetRequiredService<TinyTcpService>().Server.Single();
        Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(server.EndPoint, "QUIT\n"));
        await host.StopAsync();
    }

    // hosting:begin
    private static IHost CreateHost(int port)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddTinyTcp(
            new ServerOptions
            {
                EndPoint = new IPEndPoint(IPAddress.Loopback, port),
                Threads = 1,
                Limits = Limits.Default.With(LimitTable.MaxConnections, 100).IfNone(Limits.Default),
            }
        );
        return builder.Build();
    }
    // hosting:end
}
