using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>
/// A server over a real socket that does what a test says, right or wrong: each connection plays the script once.
/// Disposing it waits for the scripts and fails where one failed.
/// </summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly CancellationTokenSource closing = new();
    private readonly Task accepting;

    private FakeServer(Func<ServerConnection, Task> script)
        : this(script, new IPEndPoint(IPAddress.Loopback, 0)) { }

    private FakeServer(Func<ServerConnection, Task> script, EndPoint endPoint)
    {
        listener = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(endPoint);
        listener.Listen();
        Port = listener.LocalEndPoint is IPEndPoint server ? server.Port : 0;
        accepting = RunAsync(script);
    }

    /// <summary>Its port; 0 of a socket in the file system.</summary>
    internal int Port { get; }

    internal string Address => $"127.0.0.1:{Port}";

    /// <summary>Its end point, as the client's errors name it.</summary>
    internal ServerEndPoint EndPoint => TestValues.Right(ServerEndPoint.From(Address));

    /// <summary>A server that plays a script.</summary>
    internal static FakeServer Start(Func<ServerConnection, Task> script) => new(script);

    /// <summary>The same at a place that the test has chosen.</summary>
    internal static FakeServer Start(Func<ServerConnection, Task> script, EndPoint endPoint) =>
        new(script, endPoint);

    /// <summary>A server that greets, and then plays a script.</summary>
    internal static FakeServer StartWithGreeting(Func<ServerConnection, Task> script) =>
        new(async caller =>
        {
            await caller.SendAsync("WELCOME, test\n");
            await script(caller);
        });

    /// <summary>A server that greets, and then answers each request by one of these lines.</summary>
    internal static FakeServer StartWithReplies(params string[] replies) =>
        StartWithGreeting(async caller =>
        {
            foreach (var reply in replies)
            {
                await caller.ReadLineAsync();
                await caller.SendAsync(reply);
            }

            await caller.WaitForCloseAsync();
        });

    /// <summary>A port on which nothing listens.</summary>
    internal static int UnusedPort()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        return ((IPEndPoint)nobody.LocalEndpoint).Port;
    }

    internal Task<Either<ClientError, TinyTcpClient>> ConnectAsync(ClientOptions? options = null) =>
        TinyTcpClient.ConnectAsync("127.0.0.1", Port, options ?? ClientOptions.Default);

    internal async Task<TinyTcpClient> ConnectedClientAsync(ClientOptions? options = null) =>
        TestValues.Right(await ConnectAsync(options));

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await accepting;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task RunAsync(Func<ServerConnection, Task> script)
    {
        var scripts = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(closing.Token);
                scripts.Add(RunAsync(script, socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(scripts);
        }
    }

    private async Task RunAsync(Func<ServerConnection, Task> script, Socket socket)
    {
        using var caller = new ServerConnection(socket, closing.Token);
        try
        {
            await script(caller);
        }
        catch (OperationCanceledException)
        {
            // The test is over while the script still waits for its client.
        }
        catch (SocketException left)
            when (left.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // The client closed while something was on its way to it: an end like any other.
        }
    }
}
