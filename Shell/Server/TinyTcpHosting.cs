using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace TinyTcp.Server;

/// <summary>Adds a TinyTCP server to a Generic Host.</summary>
public static class TinyTcpHosting
{
    /// <summary>
    /// Adds a server that starts and stops with the host. Its clock is the <see cref="TimeProvider"/> among the services, or
    /// else the machine's.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">The server's options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddTinyTcp(this IServiceCollection services, ServerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<TinyTcpService>();
        return services.AddHostedService(static provider => provider.GetRequiredService<TinyTcpService>());
    }
}
