using System.Diagnostics.Metrics;
using LanguageExt;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client;

/// <summary>
/// Dependency injection. A client is a singleton that connects with its first request and reconnects. Unless its options set them,
/// it uses the host's <see cref="TimeProvider"/>, <see cref="IMeterFactory"/> and logger, and <see cref="Backoff.Default"/>.
/// </summary>
public static class TinyTcpClientHosting
{
    /// <summary>Adds a client.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <example>
    /// <code>
    /// services.AddTinyTcpClient(options => options.Server = "192.0.2.7:40000");
    /// </code>
    /// </example>
    public static IServiceCollection AddTinyTcpClient(
        this IServiceCollection services,
        Action<TinyTcpClientOptions> configure
    )
    {
        var (endPoint, options) = Configured(configure);
        return services.AddTinyTcpClient(endPoint, options);
    }

    /// <summary>Adds a client for each key, for <c>[FromKeyedServices(key)]</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <example>
    /// <code>
    /// services.AddKeyedTinyTcpClient("east", options =&gt; options.Server = "192.0.2.7:40000");
    /// </code>
    /// </example>
    public static IServiceCollection AddKeyedTinyTcpClient(
        this IServiceCollection services,
        object key,
        Action<TinyTcpClientOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(key);
        var (endPoint, options) = Configured(configure);
        return services.AddKeyedSingleton(
            key,
            (provider, _) => CreateClient(endPoint, WithHostServices(provider, options))
        );
    }

    /// <summary>
    /// Adds a client whose options are the values of a configuration section: <c>Server</c>, <c>ConnectTimeout</c>,
    /// <c>ReplyTimeout</c> (such as <c>500ms</c>), <c>MaxReplyLine</c> (such as <c>64k</c>), <c>MaxPendingRequests</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">A value is invalid, or a key is unknown.</exception>
    public static IServiceCollection AddTinyTcpClient(
        this IServiceCollection services,
        IConfigurationSection section
    )
    {
        ArgumentNullException.ThrowIfNull(section);
        return services.AddTinyTcpClient(options => ThrowIfSome(options.Read(section), nameof(section)));
    }

    /// <summary>Adds a client.</summary>
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
        ThrowIfSome(options.Validate(), nameof(options));
        return services.AddSingleton(provider => CreateClient(endPoint, WithHostServices(provider, options)));
    }

    private static (ServerEndPoint EndPoint, ClientOptions Options) Configured(
        Action<TinyTcpClientOptions> configure
    )
    {
        ArgumentNullException.ThrowIfNull(configure);
        var configured = new TinyTcpClientOptions();
        configure(configured);
        var endPoint = ServerEndPoint.From(configured.Server);
        ThrowIfSome(endPoint.Swap().ToOption(), nameof(configure));
        var options = configured.ToClientOptions();
        ThrowIfSome(options.Validate(), nameof(configure));
        return ((ServerEndPoint)endPoint, options);
    }

    private static void ThrowIfSome(Option<ClientError> error, string parameter) =>
        error.IfSome(known => throw new ArgumentException(known.Message, parameter));

    private static ClientOptions WithHostServices(IServiceProvider provider, ClientOptions options) =>
        options with
        {
            TimeProvider =
                options.TimeProvider == TimeProvider.System
                    ? provider.GetService<TimeProvider>() ?? options.TimeProvider
                    : options.TimeProvider,
            MeterFactory = options.MeterFactory ?? provider.GetService<IMeterFactory>(),
            Logger =
                options.Logger == NullLogger.Instance
                    ? provider.GetService<ILogger<TinyTcpClient>>() ?? options.Logger
                    : options.Logger,
            Reconnect = options.Reconnect ?? Backoff.Default,
        };

    private static TinyTcpClient CreateClient(ServerEndPoint endPoint, ClientOptions options) =>
        TinyTcpClient.Create(endPoint, options).OrThrow();
}
