using System.Diagnostics;
using LanguageExt;
using TinyTcp.Client.Primitives;

namespace TinyTcp.Client.Connections;

/// <summary>A span of a trace per request, if anything listens to the source <c>TinyTcp.Client</c>.</summary>
internal static class ClientActivity
{
    /// <summary>The source of the spans.</summary>
    private static readonly ActivitySource Source = new(ClientMetrics.MeterName);

    /// <summary>Whether anything listens. If not, a request costs nothing more.</summary>
    internal static bool IsEnabled => Source.HasListeners();

    /// <summary>Traces a request from the call to its result.</summary>
    /// <param name="name">The request's verb.</param>
    /// <param name="server">The server; none for an attached stream.</param>
    /// <param name="send">Sends the request.</param>
    internal static async Task<Either<ClientError, T>> TraceAsync<T>(
        string name,
        Option<ServerEndPoint> server,
        Func<Task<Either<ClientError, T>>> send
    )
    {
        using var activity = Source.StartActivity(name, ActivityKind.Client);
        foreach (var (key, value) in server.Map(ClientMetrics.TagsOf).IfNone(default(TagList)))
        {
            activity?.SetTag(key, value);
        }

        var result = await send().ConfigureAwait(false);
        result.IfLeft(error =>
            activity
                ?.SetTag(ClientMetrics.ErrorType, error.Code)
                .SetStatus(ActivityStatusCode.Error, error.Message)
        );
        return result;
    }
}
