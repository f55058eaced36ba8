using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Cli.Replay;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;
using TinyTcp.Core.Transcripts;

namespace TinyTcp.Cli.Mock;

/// <summary>Plays the server's part of a transcript to each client: to each one the next conversation, and then the first again.</summary>
/// <param name="listener">A socket that listens.</param>
/// <param name="transcript">The transcript.</param>
/// <param name="faults">What to do wrong.</param>
/// <param name="seed">Which lines are affected.</param>
/// <param name="timeout">How long to wait for a client.</param>
/// <param name="time">The clock.</param>
internal sealed class MockServer(
    Socket listener,
    Transcript transcript,
    ImmutableArray<Fault> faults,
    int seed,
    TimeSpan timeout,
    TimeProvider time
)
{
    private const int MaxLine = 16 * 1024 * 1024;

    /// <summary>Serves clients until so many have been served.</summary>
    /// <param name="count">How many; none for no end.</param>
    /// <param name="onServed">Called with the mismatches of each client, one at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task RunAsync(
        Option<long> count,
        Action<long, EndPoint, ImmutableArray<Mismatch>> onServed,
        CancellationToken cancellationToken
    )
    {
        var gate = new Lock();
        var serving = new List<Task>();
        for (var number = 1L; count.ForAll(max => number <= max); number++)
        {
            var client = await listener.AcceptAsync(cancellationToken);
            serving.RemoveAll(static task => task.IsCompletedSuccessfully);
            serving.Add(ServeAndReportAsync(client, number));
        }

        await Task.WhenAll(serving);

        async Task ServeAndReportAsync(Socket client, long number)
        {
            var peer = client.RemoteEndPoint ?? new IPEndPoint(IPAddress.Any, 0);
            var mismatches = await ServeAsync(client, number, cancellationToken);
            lock (gate)
            {
                onServed(number, peer, mismatches);
            }
        }
    }

    private async Task<ImmutableArray<Mismatch>> ServeAsync(
        Socket client,
        long number,
        CancellationToken cancellationToken
    )
    {
        var scripts = TranscriptServer.Start(transcript, time.GetLocalNow());
        client.NoDelay = client.AddressFamily != AddressFamily.Unix;
        await using var connection = WithFaults(client, number);
        await using var host = new PlayerHost(
            _ => Task.FromResult(Either<ClientError, IPlayerConnection>.Right(connection)),
            timeout,
            time
        );
        var played = await host.PlayAsync(scripts[(int)((number - 1) % scripts.Length)], cancellationToken);
        await LingerAsync(connection, cancellationToken);
        return [.. played.IfLeft([])];
    }

    private IPlayerConnection WithFaults(Socket client, long number) =>
        faults.Aggregate(
            (IPlayerConnection)new LineConnection(new SocketStream(client), MaxLine, time),
            (inner, fault) =>
                new FaultyConnection(
                    inner,
                    fault,
                    () => client.Close(timeout: 0),
                    new Random(unchecked(seed + (int)number)),
                    time
                )
        );

    /// <summary>Reads what still comes, so that a close does not become a reset that destroys the last line.</summary>
    private async Task LingerAsync(IPlayerConnection connection, CancellationToken cancellationToken)
    {
        var startedAt = time.GetTimestamp();
        var rest = timeout;
        while (
            rest > TimeSpan.Zero && await connection.ReceiveAsync(rest, cancellationToken) is PlayerInput.Line
        )
        {
            rest = timeout - time.GetElapsedTime(startedAt);
        }
    }
}
