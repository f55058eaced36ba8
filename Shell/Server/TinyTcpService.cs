using LanguageExt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TinyTcp.Server;

/// <summary>
/// A server as a hosted service. If one of its loops fails, the host stops. Its disposal aborts a server that was not stopped,
/// such as when another service of the host cannot start.
/// </summary>
public sealed class TinyTcpService(ServerOptions options, TimeProvider time, ILogger<TinyServer> log)
    : BackgroundService,
        IAsyncDisposable
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
    public async ValueTask DisposeAsync()
    {
        await AbortAsync().ConfigureAwait(false);
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        AbortAsync().GetAwaiter().GetResult();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        server?.Completion ?? Task.CompletedTask;

    private async Task AbortAsync()
    {
        if (server is { } running)
        {
            running.StopNow();
            await running.DisposeAsync().ConfigureAwait(false);
        }
    }
}
