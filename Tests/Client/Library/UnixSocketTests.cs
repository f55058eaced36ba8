using System.Net.Sockets;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>A Unix socket whose queue of connections is full: connect fails with EAGAIN there.</summary>
public sealed class UnixSocketTests : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(5);

    private readonly TrackingTimeProvider clock = new();
    private readonly string path = Path.Combine(Path.GetTempPath(), $"tinytcp-{Guid.NewGuid():N}.sock");
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly List<Socket> queued = [];

    public UnixSocketTests()
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(0);
    }

    private ServerEndPoint EndPoint => TestValues.Right(ServerEndPoint.From($"unix:{path}"));

    private ClientOptions Options => ClientOptions.Default with { TimeProvider = clock };

    [Fact]
    public async Task A_connect_to_a_full_queue_waits_until_there_is_room()
    {
        FillQueue();
        var connecting = TinyTcpClient.ConnectAsync(EndPoint, Options);
        for (var retry = 0; retry < 3; retry++)
        {
            await WaitForRetryAsync();
            clock.Advance(RetryInterval);
        }

        Assert.False(connecting.IsCompleted);
        await WaitForRetryAsync();
        using var queuedBefore = await listener.AcceptAsync();
        clock.Advance(RetryInterval);
        for (var others = 1; others < queued.Count; others++)
        {
            (await listener.AcceptAsync()).Dispose();
        }

        using var accepted = await listener.AcceptAsync();
        await accepted.SendAsync(WireBytes.Bytes("WELCOME, test\n"));
        await using var client = TestValues.Right(await connecting);
        Assert.Equal("test", client.Greeting);
    }

    [Fact]
    public async Task A_queue_that_stays_full_times_out()
    {
        FillQueue();
        var connecting = TinyTcpClient.ConnectAsync(EndPoint, Options);
        await WaitForRetryAsync();
        while (!connecting.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(
            new ClientError.TimedOut(PendingOperation.Connection, Options.ConnectTimeout)
            {
                Server = EndPoint,
            },
            TestValues.Left(await connecting)
        );
    }

    public void Dispose()
    {
        queued.ForEach(static socket => socket.Dispose());
        listener.Dispose();
        File.Delete(path);
    }

    private Task WaitForRetryAsync() =>
        clock.WaitForTimerAsync(RetryInterval).WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Connects until the queue is full.</summary>
    private void FillQueue()
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            {
                Blocking = false,
            };
            try
            {
                socket.Connect(new UnixDomainSocketEndPoint(path));
                queued.Add(socket);
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                socket.Dispose();
                return;
            }
        }
    }
}
