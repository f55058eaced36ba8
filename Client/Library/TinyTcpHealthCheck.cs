using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TinyTcp.Client;

/// <summary>Healthy if the server replies to TIME. The request shares the client's connection.</summary>
/// <param name="client">The client.</param>
/// <remarks><c>services.AddHealthChecks().AddCheck&lt;TinyTcpHealthCheck&gt;("tinytcp")</c> adds it to a program.</remarks>
public sealed class TinyTcpHealthCheck(TinyTcpClient client) : IHealthCheck
{
    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(context);
        var time = await client.GetTimeAsync(cancellationToken).ConfigureAwait(false);
        return time.Match(
            Right: static now => HealthCheckResult.Healthy($"The server replied {now:O}."),
            Left: error => new HealthCheckResult(context.Registration.FailureStatus, error.Message)
        );
    }
}
