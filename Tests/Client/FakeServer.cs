using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Client.Primitives;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>
/// A server on a real socket that runs a script for each connection. Disposal waits for the scripts and throws the exception of
/// one that failed.
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

    /// <summary>The port; 0 for a Unix socket.</summary>
    internal int Port { get; }

    internal string Address => $"127.0.0.1:{Port}";

    internal ServerEndPoint EndPoint => TestValues.Right(ServerEndPoint.From(Address));

    internal static FakeServer Start(Func<ServerConnection, Task> script) => new(script);

    internal static FakeServer Start(Func<ServerConnection, Task> script, EndPoint endPoint) =>
        new(script, endPoint);

    /// <summary>A server that greets and then runs a script.</summary>
    internal static FakeServer StartWithGreeting(Func<ServerConnection, Task> script) =>
        new(async connection =>
        {
            await connection.SendAsync("WELCOME, test\n");
            await script(connection);
        });

    /// <summary>A server that greets and then sends one of these lines for each request.</summary>
    internal static FakeServer StartWithReplies(params string[] replies) =>
        StartWithGreeting(async connection =>
        {
            foreach (var reply in replies)
            {
                await connection.ReadLineAsync();
                await connection.SendAsync(reply);
            }

            await connection.WaitForCloseAsync();
        });

    /// <summary>A port on which nothing listens.</summary>
    internal static int UnusedPort()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        return ((IPEndPoint)unused.LocalEndpoint).Port;
    }

    internal Task<Either<ClientError, TinyTcpClient>> ConnectAsync(ClientOptions? options = null) =>
        TinyTcpClient.ConnectAsync("127.0.0.1", Port, options ?? ClientOptions.Default);

    internal async Task<TinyTcpClient> ConnectedClientAsync(ClientOptions? options = null) =>
        TestValues.Right(await ConnectAsync(options));

    /// <summary>A client that connects with its first request.</summary>
    internal TinyTcpClient CreateClient(ClientOptions options) =>
        TestValues.Right(TinyTcpClient.Create(EndPoint, options));

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
        using var connection = new ServerConnection(socket, closing.Token);
        try
        {
            await script(connection);
        }
        catch (OperationCanceledException)
        {
            // The test has ended before the script.
        }
        catch (SocketException exception)
            when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // The client has closed before it received everything.
        }
    }
}
