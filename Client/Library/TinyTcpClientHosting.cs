using System.Diagnostics.Metrics;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client;

/// <summary>Dependency injection.</summary>
public static class TinyTcpClientHosting
{
    /// <summary>
    /// Adds a <see cref="TinyTcpClient"/> as a singleton, which connects with its first request and reconnects. Unless the options set
    /// them, it uses the host's <see cref="TimeProvider"/> and <see cref="IMeterFactory"/>, and <see cref="Backoff.Default"/>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="endPoint">The server.</param>
    /// <param name="options">Time-outs, limits and callbacks.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    public static IServiceCollection AddTinyTcpClient(
        this IServiceCollection services,
        ServerEndPoint endPoint,
        ClientOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Validate();
        if (wrong.IsSome)
        {
            throw new ArgumentException(((ClientError)wrong).Message, nameof(options));
        }

        return services.AddSingleton(host => CreateClient(endPoint, WithHostServices(host, options)));
    }

    private static ClientOptions WithHostServices(IServiceProvider provider, ClientOptions options) =>
        options with
        {
            TimeProvider =
                options.TimeProvider == TimeProvider.System
                    ? provider.GetService<TimeProvider>() ?? options.TimeProvider
                    : options.TimeProvider,
            MeterFactory = options.MeterFactory || Prelude.Optional(provider.GetService<IMeterFactory>()),
            Reconnect = options.Reconnect || Backoff.Default,
        };

    private static TinyTcpClient CreateClient(ServerEndPoint endPoint, ClientOptions options) =>
        TinyTcpClient.Create(endPoint, options).OrThrow();
}
