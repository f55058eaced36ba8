using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server;

/// <summary>Adds a TinyTCP server to a Generic Host.</summary>
public static class TinyTcpHosting
{
    /// <summary>
    /// Adds a server that starts and stops with the host. Its clock is the <see cref="TimeProvider"/> among the services, or
    /// else the machine's. Each call adds one more server.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The server's options.</param>
    /// <returns>The same services.</returns>
    /// <example>
    /// <code>
    /// var builder = Host.CreateApplicationBuilder();
    /// builder.Services.AddTinyTcp(new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, 40000) });
    /// await builder.Build().RunAsync();
    /// </code>
    /// </example>
    public static IServiceCollection AddTinyTcp(this IServiceCollection services, ServerOptions options)
    {
        var index = services.Count(static service => service.ServiceType == typeof(TinyTcpService));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new TinyTcpService(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TinyServer>>()
        ));
        // Not AddHostedService, which ignores a second service of the same type.
        return services.AddSingleton<IHostedService>(provider =>
            provider.GetServices<TinyTcpService>().ElementAt(index)
        );
    }
}
