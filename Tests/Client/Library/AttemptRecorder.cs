using System.Net;
using System.Threading.Channels;
using LanguageExt;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Connects to addresses by attempts that a test completes.</summary>
internal sealed class AttemptRecorder
{
    private readonly Channel<Attempt> started = Channel.CreateUnbounded<Attempt>();

    internal TrackingTimeProvider Clock { get; } = new();

    /// <summary>Whether another attempt has started.</summary>
    internal bool HasNext => started.Reader.TryPeek(out _);

    internal ValueTask<Attempt> NextAsync() => started.Reader.ReadAsync();

    internal Task<Either<ClientError, Attempt>> ConnectAsync(
        IPAddress[] addresses,
        bool succeedsIfCancelled,
        CancellationToken cancellationToken = default
    ) =>
        HappyEyeballs.ConnectAsync(
            addresses,
            Clock,
            (address, token) =>
            {
                var attempt = new Attempt(address, succeedsIfCancelled, token);
                started.Writer.TryWrite(attempt);
                return attempt.Result;
            },
            cancellationToken
        );
}
