using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Client;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Client;

/// <summary>
/// A server over a real socket that does what a test says, right or wrong: each connection plays the script once.
/// Disposing it waits for the scripts and fails where one failed.
/// </summary>
internal sealed class Peer : IAsyncDisposable
{
    private readonly Socket listener;
    private readonly CancellationTokenSource closing = new();
    private readonly Task playing;

    private Peer(Func<Caller, Task> script)
        : this(script, new IPEndPoint(IPAddress.Loopback, 0)) { }

    private Peer(Func<Caller, Task> script, EndPoint at)
    {
        listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(at);
        listener.Listen();
        Port = listener.LocalEndPoint is IPEndPoint server ? server.Port : 0;
        playing = PlayAsync(script);
    }

    /// <summary>Its port; 0 of a socket in the file system.</summary>
    internal int Port { get; }

    internal string Address => $"127.0.0.1:{Port}";

    /// <summary>A server that plays a script.</summary>
    internal static Peer Playing(Func<Caller, Task> script) => new(script);

    /// <summary>The same at a place that the test has chosen.</summary>
    internal static Peer Playing(Func<Caller, Task> script, EndPoint at) => new(script, at);

    /// <summary>A server that greets, and then plays a script.</summary>
    internal static Peer Greeting(Func<Caller, Task> script) =>
        new(async caller =>
        {
            await caller.SayAsync("WELCOME, test\n");
            await script(caller);
        });

    /// <summary>A server that greets, and then answers each request by one of these lines.</summary>
    internal static Peer Answering(params string[] replies) =>
        Greeting(async caller =>
        {
            foreach (var reply in replies)
            {
                await caller.HearAsync();
                await caller.SayAsync(reply);
            }

            await caller.StayAsync();
        });

    /// <summary>A port on which nothing listens.</summary>
    internal static int PortOfNobody()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        return ((IPEndPoint)nobody.LocalEndpoint).Port;
    }

    internal Task<Either<ClientError, TinyTcpClient>> ConnectAsync(ClientOptions? options = null) =>
        TinyTcpClient.ConnectAsync("127.0.0.1", Port, options ?? ClientOptions.Default);

    internal async Task<TinyTcpClient> GreetedAsync(ClientOptions? options = null) =>
        TestValues.Right(await ConnectAsync(options));

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await playing;
        listener.Dispose();
        closing.Dispose();
    }

    private async Task PlayAsync(Func<Caller, Task> script)
    {
        var scripts = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(closing.Token);
                scripts.Add(PlayAsync(script, socket));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(scripts);
        }
    }

    private async Task PlayAsync(Func<Caller, Task> script, Socket socket)
    {
        using var caller = new Caller(socket, closing.Token);
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
