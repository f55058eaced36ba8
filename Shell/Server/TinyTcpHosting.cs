using LanguageExt;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server;

/// <summary>How a Generic Host gets a TinyTCP server.</summary>
public static class TinyTcpHosting
{
    /// <summary>
    /// Adds a server that starts and stops with the host. A <see cref="TimeProvider"/> of the services is its clock;
    /// without one it is the machine's.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Where to listen, and within which limits.</param>
    public static IServiceCollection AddTinyTcp(this IServiceCollection services, ServerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<TinyTcpService>();
        return services.AddHostedService(static all => all.GetRequiredService<TinyTcpService>());
    }
}

/// <summary>The host's start and stop, forwarded to the server; a server that dies stops the host.</summary>
public sealed class TinyTcpService(ServerOptions options, TimeProvider time, ILogger<TinyServer> log)
    : BackgroundService
{
    /// <summary>The server, once it has started.</summary>
    public Option<TinyServer> Server { get; private set; }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        Server = TinyServer
            .Start(options, time, log)
            .Match(
                Right: static started => started,
                Left: static error => throw new TinyTcpStartException(error)
            );
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        Server.Match(
            Some: running => StopAsync(running, cancellationToken),
            None: static () => Task.CompletedTask
        );

    private static async Task StopAsync(TinyServer running, CancellationToken atOnce)
    {
        await using (running.ConfigureAwait(false))
        {
            // A loop that died has been logged, and is ExecuteTask's failure: the host still stops in order.
            await running.StopAsync(atOnce).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Server.Match(Some: static running => running.Completion, None: static () => Task.CompletedTask);
}
