using System.Diagnostics.Metrics;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client;

/// <summary>A client among the services of a host.</summary>
public static class TinyTcpClientHosting
{
    /// <summary>
    /// Adds a <see cref="TinyTcpClient"/> that all share: it connects when it is first asked, and again after a loss. It
    /// takes the host's <see cref="TimeProvider"/> and its meters, where there are some and the options have none.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="endPoint">How the server is reached.</param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The options are wrong; the message says how.</exception>
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
        TinyTcpClient
            .Create(endPoint, options)
            .IfLeft(static wrong => throw new InvalidOperationException(wrong.Message));
}
