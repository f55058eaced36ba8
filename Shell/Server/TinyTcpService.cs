using LanguageExt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server;

/// <summary>A server as a hosted service. If one of its loops fails, the host stops.</summary>
public sealed class TinyTcpService(ServerOptions options, TimeProvider time, ILogger<TinyServer> log)
    : BackgroundService
{
    // One word, so that a thread that reads it while it is set sees all of it or nothing.
    private volatile TinyServer? server;

    /// <summary>The server, once it has started. Thread-safe.</summary>
    public Option<TinyServer> Server => Prelude.Optional(server);

    /// <inheritdoc/>
    /// <exception cref="TinyTcpStartException">The server cannot start.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        server = TinyServer
            .Start(options, time, log)
            .Match(
                Right: static started => started,
                Left: static error => throw new TinyTcpStartException(error)
            );
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        if (server is { } running)
        {
            await using (running.ConfigureAwait(false))
            {
                // A failed loop has been logged and makes ExecuteTask fail: the host still stops in order.
                await running
                    .StopAsync(cancellationToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        server?.Completion ?? Task.CompletedTask;
}
