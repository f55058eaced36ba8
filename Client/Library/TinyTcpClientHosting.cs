using System.Diagnostics.Metrics;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;

namespace TinyTcp.Client;

/// <summary>A client among the services of a host.</summary>
public static class TinyTcpClientHosting
{
    /// <summary>
    /// Adds a <see cref="TinyTcpClient"/> that all share: it connects when it is first asked, and again after a loss. It
    /// takes the host's <see cref="TimeProvider"/> and its meters, where there are some and the options have none.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="target">How the server is reached.</param>
    /// <param name="options">How long to wait, how much to read, who looks on.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The options are wrong; the message says how.</exception>
    public static IServiceCollection AddTinyTcpClient(
        this IServiceCollection services,
        Target target,
        ClientOptions options
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(options);
        var wrong = options.Check();
        if (wrong.IsSome)
        {
            throw new ArgumentException(((ClientError)wrong).Sentence, nameof(options));
        }

        return services.AddSingleton(host => Create(target, Within(host, options)));
    }

    private static ClientOptions Within(IServiceProvider host, ClientOptions options) =>
        options with
        {
            Time =
                options.Time == TimeProvider.System
                    ? host.GetService<TimeProvider>() ?? options.Time
                    : options.Time,
            Meters = options.Meters || Prelude.Optional(host.GetService<IMeterFactory>()),
            Reconnect = options.Reconnect || Backoff.Default,
        };

    private static TinyTcpClient Create(Target target, ClientOptions options) =>
        TinyTcpClient
            .Create(target, options)
            .IfLeft(static wrong => throw new InvalidOperationException(wrong.Sentence));
}
