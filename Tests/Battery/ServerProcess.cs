using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>A server in a separate process, observed from outside.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly ProgramProcess program;
    private readonly ConcurrentQueue<string> log;
    private readonly ConcurrentBag<Socket> sockets = [];

    private ServerProcess(ProgramProcess program, IPEndPoint endPoint, ConcurrentQueue<string> log)
    {
        this.program = program;
        this.log = log;
        EndPoint = endPoint;
    }

    /// <summary>The end point that it listens on.</summary>
    internal IPEndPoint EndPoint { get; }

    /// <summary>The process's id.</summary>
    internal int ProcessId => program.Id;

    /// <summary>The lines that it has logged so far.</summary>
    internal IReadOnlyCollection<string> Log => log;

    /// <summary>Its current memory and descriptors.</summary>
    internal Footprint Footprint => Footprint.Of(ProcessId);

    /// <summary>Whether a stop was requested; from then on it serves no new connection.</summary>
    internal bool IsStopping { get; private set; }

    internal static async Task<ServerProcess> Start(Trial trial)
    {
        var lines = new ConcurrentQueue<string>();
        string[] arguments = ["--port", "0", .. trial.Options];
        var started =
            trial.Descriptors == 0
                // Child processes inherit that a signal is ignored, as nohup makes it.
                ? ProgramProcess.StartWithSignal("HUP", ProgramProcess.Server, arguments)
                : ProgramProcess.StartWithDescriptors(trial.Descriptors, ProgramProcess.Server, arguments);
        var server = new ServerProcess(started, await started.ReadEndPoint(lines.Enqueue), lines);
        if (trial.ReadsLog)
        {
            _ = server.ReadLog();
        }

        return server;
    }

    /// <summary>Connects a socket; it is disposed with this object if not earlier.</summary>
    internal Task<Socket> Connect() => Connect(static _ => { });

    /// <summary>Connects a socket that <paramref name="prepare"/> configures first.</summary>
    internal async Task<Socket> Connect(Action<Socket> prepare)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sockets.Add(socket);
        prepare(socket);
        await socket.ConnectAsync(EndPoint);
        return socket;
    }

    /// <summary>Waits until the server has closed connections down to so many descriptors.</summary>
    internal Task WaitForDescriptors(int max) => WaitUntil(() => Footprint.Descriptors <= max);

    /// <summary>Waits until so many lines of the log contain a text.</summary>
    internal Task WaitForLog(string text, int count) =>
        WaitUntil(() => log.Count(line => line.Contains(text, StringComparison.Ordinal)) >= count);

    /// <summary>Stops the server by a signal; the checks after the trial are then skipped.</summary>
    internal void RequestStop(PosixSignal signal)
    {
        IsStopping = true;
        Signal(signal);
    }

    internal void Signal(PosixSignal signal) => program.Signal(signal);

    /// <summary>Stops all its threads for a while.</summary>
    internal async Task PauseFor(TimeSpan time, Func<Task> meanwhile)
    {
        program.Pause();
        try
        {
            await Task.WhenAll(meanwhile(), Task.Delay(time));
        }
        finally
        {
            program.Continue();
        }
    }

    /// <summary>Waits for its exit.</summary>
    internal Task<int> WaitForExit() => program.WaitForExit();

    /// <summary>Connects, sends an ECHO and a QUIT, and checks the replies.</summary>
    /// <returns>How long it took.</returns>
    internal async Task<TimeSpan> Probe()
    {
        var start = Stopwatch.GetTimestamp();
        var output = await Loopback.Exchange(EndPoint, "ECHO how do you do\nQUIT\n");
        Assert.Equal($"{Simulation.Greeting}ECHO how do you do\nBYE\n", output);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Probes it repeatedly until a load ends, and measures its memory.</summary>
    internal async Task<Observation> Observe(Task load)
    {
        var observed = new Observation(TimeSpan.Zero, Footprint.Memory);
        do
        {
            observed = observed.Add(await Probe(), Footprint.Memory);
        } while (await Task.WhenAny(load, Task.Delay(TimeSpan.FromMilliseconds(20))) != load);

        await load;
        return observed;
    }

    public void Dispose()
    {
        sockets.ToList().ForEach(static socket => socket.Dispose());
        program.Dispose();
    }

    private static async Task WaitUntil(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private async Task ReadLog()
    {
        while (await program.Output.ReadLineAsync() is { } line)
        {
            log.Enqueue(line);
        }
    }
}
