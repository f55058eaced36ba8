using System.Collections.Concurrent;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Callbacks that dispose the client, and disposal during a callback.</summary>
public class CallbackDisposalTests
{
    [Fact]
    public async Task OnDisconnected_that_disposes_the_client_is_called_once()
    {
        var (calls, client) = (0, default(TinyTcpClient));
        await using var server = FakeServer.StartWithGreeting(static async connection =>
            await connection.ReadLineAsync()
        );
        client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                OnDisconnected = reason =>
                {
                    calls++;
                    _ = client!.DisposeAsync().AsTask();
                },
            }
        );

        Assert.IsType<ClientError.ConnectionLost>(TestValues.Left(await client.GetTimeAsync()));
        await client.DisposeAsync();
        Assert.Equal(1, calls);
    }

    [Fact]
    public async Task OnDisconnected_follows_OnConnected_that_disposes_the_client_and_OnLine_does_not()
    {
        var (events, client) = (new List<string>(), default(TinyTcpClient));
        await using var server = FakeServer.StartWithGreeting(static connection =>
            connection.SendAsync("ERROR SHUTTING_DOWN\n")
        );
        client = server.CreateClient(
            ClientOptions.Default with
            {
                OnConnected = () =>
                {
                    events.Add("connected");
                    client!.Dispose();
                },
                OnDisconnected = error => events.Add(error.Code),
                OnLine = line => events.Add(line.ToString()),
            }
        );

        Assert.Equal(
            new ClientError.ClientClosed(ClosedBy.Disposal),
            TestValues.Left(await client.GetTimeAsync())
        );
        await client.DisposeAsync();
        Assert.Equal("connected,CLIENT_CLOSED", string.Join(',', events.Skip(1)));
    }

    [Fact]
    public async Task Disposal_does_not_wait_for_a_callback_that_waits_for_a_lock_of_the_caller()
    {
        var (events, callerLock) = (new ConcurrentQueue<string>(), new Lock());
        using var isCalled = new ManualResetEventSlim();
        await using var server = ReferenceServer.Start();
        var client = await server.ConnectedClientAsync(
            ClientOptions.Default with
            {
                OnLine = line =>
                {
                    if (line.ToString() == "<- ECHO hello")
                    {
                        isCalled.Set();
                        lock (callerLock)
                        {
                            events.Enqueue("line");
                        }
                    }
                },
                OnDisconnected = error => events.Enqueue(error.Code),
            }
        );

        var pending = client.EchoAsync("hello");
        await Task.Run(() =>
            {
                lock (callerLock)
                {
                    isCalled.Wait();
                    client.Dispose();
                }
            })
            .WaitAsync(TimeSpan.FromSeconds(20));
        await client.DisposeAsync();
        Assert.Equal("hello", await pending);
        Assert.Equal(["line", "CLIENT_CLOSED"], events);
    }
}
