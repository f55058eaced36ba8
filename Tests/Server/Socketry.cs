using System.Net;
using System.Net.Sockets;
using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>Real servers on real sockets, and plain clients that type at them.</summary>
internal static class Socketry
{
    internal const string Linux = "Linux";
    internal const string Portable = "Portable";
    private const string Program = "Program";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The systems that a server can run on here.</summary>
    internal static TheoryData<string> Systems { get; } =
        OperatingSystem.IsLinux() ? [Linux, Portable] : [Portable];

    /// <summary>The same, and the program as a process; that alone where the environment names an executable to test.</summary>
    internal static TheoryData<string> Servers { get; } =
        Launched.ServerIsNamed ? [Program] : [.. Systems, Program];

    /// <summary>Runs a server on a port that the system picks: on a system of this process, or as one of its own.</summary>
    internal static async Task<Running> Run(string server, Limits? limits = null, CollectingLog? log = null)
    {
        var time = new VirtualTime();
        return server == Program
            ? await Running.Program(limits ?? Limits.Default)
            : Running.InProcess(Start(server, limits, log, time: time), time);
    }

    /// <summary>Starts a server on a port that the system picks; its clock stands still until it is moved.</summary>
    internal static TinyServer Start(
        string system,
        Limits? limits = null,
        CollectingLog? log = null,
        int threads = 0,
        VirtualTime? time = null
    ) => Some.Right(TryStart(system, new IPEndPoint(IPAddress.Loopback, 0), limits, log, threads, time));

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

    /// <summary>Receives, and fails where nothing comes for long: a test must not hang on a server that does.</summary>
    private static Task<int> ReceiveInTime(this Socket socket, Memory<byte> buffer) =>
        socket.ReceiveAsync(buffer).AsTask().WaitAsync(Patience);

    /// <summary>Reads until the server finishes; a reset is an exception.</summary>
    internal static async Task<string> ReadToEnd(this Socket socket)
    {
        var said = new StringBuilder();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await socket.ReceiveInTime(buffer)) > 0; )
        {
            said.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return said.ToString();
    }

    /// <summary>Reads so many characters.</summary>
    internal static async Task<string> Read(this Socket socket, int length)
    {
        var buffer = new byte[length];
        var at = 0;
        for (int read; at < length && (read = await socket.ReceiveInTime(buffer.AsMemory(at))) > 0; )
        {
            at += read;
        }

        return Encoding.Latin1.GetString(buffer, 0, at);
    }

    internal static Task<string> Visit(TinyServer server, string requests) =>
        Visit(server.EndPoint, requests);

    /// <summary>Everything a server says to a client that sends so much and finishes.</summary>
    internal static async Task<string> Visit(IPEndPoint endPoint, string requests)
    {
        using var socket = await Connect(endPoint);
        var reading = socket.ReadToEnd();
        await socket.Send(requests);
        socket.Shutdown(SocketShutdown.Send);
        return await reading;
    }
}
