using System.Net;
using System.Net.Sockets;
using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Server.Listeners;
using TinyTcp.Systems.Simulated;
using Xunit;

namespace TinyTcp.Tests.Support;

/// <summary>Servers and plain clients on sockets of the loopback interface.</summary>
internal static class Loopback
{
    internal const string Linux = "Linux";
    internal const string Portable = "Portable";
    private const string Program = "Program";
    private static readonly TimeSpan ReceiveTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The systems that a server can run on, on this machine.</summary>
    internal static TheoryData<string> Systems { get; } =
        OperatingSystem.IsLinux() ? [Linux, Portable] : [Portable];

    /// <summary>The same and the program as a process; only the program if the environment names one to test.</summary>
    internal static TheoryData<string> Servers { get; } =
        ProgramProcess.IsServerOverridden ? [Program] : [.. Systems, Program];

    /// <summary>Starts a server on a free port, in this process or as a process.</summary>
    internal static async Task<RunningServer> Run(
        string server,
        Limits? limits = null,
        CollectingLog? log = null
    )
    {
        var time = new VirtualTime();
        return server == Program
            ? await RunningServer.Program(limits ?? Limits.Default)
            : RunningServer.InProcess(Start(server, limits, log, time: time), time);
    }

    /// <summary>Listens on a free port as a server does.</summary>
    internal static Socket Listen() => TestValues.Right(Listener.Bind(new IPEndPoint(IPAddress.Loopback, 0)));

    /// <summary>Starts a server on a free port. Its clock advances only when the test moves it.</summary>
    internal static TinyServer Start(
        string system,
        Limits? limits = null,
        CollectingLog? log = null,
        int threads = 0,
        VirtualTime? time = null
    ) =>
        TestValues.Right(TryStart(system, new IPEndPoint(IPAddress.Loopback, 0), limits, log, threads, time));

    internal static LanguageExt.Either<StartError, TinyServer> TryStart(
        string system,
        IPEndPoint endPoint,
        Limits? limits = null,
        CollectingLog? log = null,
        int threads = 0,
        VirtualTime? time = null
    )
    {
        var options = new ServerOptions
        {
            EndPoint = endPoint,
            Limits = limits ?? Limits.Default,
            Threads = threads,
        };
        return system == Portable
            ? TinyServer.StartPortable(options, time ?? new VirtualTime(), log ?? new CollectingLog())
            : TinyServer.StartLinux(options, time ?? new VirtualTime(), log ?? new CollectingLog());
    }

    internal static Task<Socket> Connect(TinyServer server) => Connect(server.EndPoint);

    internal static async Task<Socket> Connect(IPEndPoint endPoint)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        return socket;
    }

    internal static async Task Send(this Socket socket, string characters)
    {
        var bytes = Encoding.Latin1.GetBytes(characters);
        for (var sent = 0; sent < bytes.Length; )
        {
            sent += await socket.SendAsync(bytes.AsMemory(sent));
        }
    }

    /// <summary>Receives; throws after 30 seconds without data, so that a test does not hang with its server.</summary>
    private static Task<int> ReceiveWithTimeout(this Socket socket, Memory<byte> buffer) =>
        socket.ReceiveAsync(buffer).AsTask().WaitAsync(ReceiveTimeout);

    /// <summary>Reads until the server finishes; throws on a reset.</summary>
    internal static async Task<string> ReadToEnd(this Socket socket)
    {
        var received = new StringBuilder();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await socket.ReceiveWithTimeout(buffer)) > 0; )
        {
            received.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return received.ToString();
    }

    /// <summary>Reads up to <paramref name="length"/> characters: fewer if the server finishes.</summary>
    internal static async Task<string> Read(this Socket socket, int length)
    {
        var buffer = new byte[length];
        var at = 0;
        for (int read; at < length && (read = await socket.ReceiveWithTimeout(buffer.AsMemory(at))) > 0; )
        {
            at += read;
        }

        return Encoding.Latin1.GetString(buffer, 0, at);
    }

    internal static Task<string> Exchange(TinyServer server, string requests) =>
        Exchange(server.EndPoint, requests);

    /// <summary>Connects, sends requests, finishes and returns everything received.</summary>
    internal static async Task<string> Exchange(IPEndPoint endPoint, string requests)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // On a thread of its own: on a busy machine the requests would be sent too late for a server with a short idle-timeout.
        var sending = await Task.Factory.StartNew(
            () =>
            {
                socket.Connect(endPoint);
                return socket.Send(requests);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        var reading = socket.ReadToEnd();
        await sending;
        socket.Shutdown(SocketShutdown.Send);
        return await reading;
    }
}
