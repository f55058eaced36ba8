using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>A server that runs as a process of its own, and what can be seen of it from outside.</summary>
internal sealed class Target : IDisposable
{
    private readonly Launched launched;
    private readonly ConcurrentQueue<string> log;
    private readonly ConcurrentBag<Socket> guests = [];

    private Target(Launched launched, IPEndPoint endPoint, ConcurrentQueue<string> log)
    {
        this.launched = launched;
        this.log = log;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    internal IPEndPoint EndPoint { get; }

    /// <summary>The process's number.</summary>
    internal int Process => launched.Id;

    /// <summary>What it has written to its log so far.</summary>
    internal IReadOnlyCollection<string> Log => log;

    /// <summary>What it takes of the machine.</summary>
    internal Footprint Footprint => Footprint.Of(Process);

    /// <summary>Whether it has been asked to stop: then nobody is served any more.</summary>
    internal bool IsStopped { get; private set; }

    internal static async Task<Target> Start(Trial trial)
    {
        var lines = new ConcurrentQueue<string>();
        string[] arguments = ["--port", "0", .. trial.Options];
        var program =
            trial.Descriptors == 0
                ? Launched.Start(Launched.Server, arguments)
                : Launched.StartWith(trial.Descriptors, Launched.Server, arguments);
        var target = new Target(program, await program.ListensOn(lines.Enqueue), lines);
        if (trial.IsHeard)
        {
            _ = target.Listen();
        }

        return target;
    }

    /// <summary>A connection, which ends with the target at the latest.</summary>
    internal Task<Socket> Connect() => Connect(static _ => { });

    /// <summary>The same from a socket that is prepared first.</summary>
    internal async Task<Socket> Connect(Action<Socket> prepare)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        guests.Add(socket);
        prepare(socket);
        await socket.ConnectAsync(EndPoint);
        return socket;
    }

    /// <summary>Waits until it has no more descriptors than that: until all guests are gone.</summary>
    internal async Task Emptied(int files)
    {
        while (Footprint.Files > files)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    /// <summary>Asks it to stop: then it is not looked after.</summary>
    internal void AskToStop(PosixSignal signal)
    {
        IsStopped = true;
        Signal(signal);
    }

    internal void Signal(PosixSignal signal) => launched.Signal(signal);

    /// <summary>Its exit code, once it has ended.</summary>
    internal Task<int> Exit() => launched.Exit();

    /// <summary>One visit such as people make; how long it took.</summary>
    internal async Task<TimeSpan> PoliteVisit()
    {
        var start = Stopwatch.GetTimestamp();
        var said = await Socketry.Visit(EndPoint, "ECHO how do you do\nQUIT\n");
        Assert.Equal($"{Simulation.Greeting}ECHO how do you do\nBYE\n", said);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Visits it now and then while something goes on, and looks at what it takes of the machine.</summary>
    internal async Task<Watched> Watch(Task goingOn)
    {
        var seen = new Watched(TimeSpan.Zero, Footprint.Memory);
        do
        {
            seen = seen.And(await PoliteVisit(), Footprint.Memory);
        } while (await Task.WhenAny(goingOn, Task.Delay(TimeSpan.FromMilliseconds(20))) != goingOn);

        await goingOn;
        return seen;
    }

    public void Dispose()
    {
        guests.ToList().ForEach(static guest => guest.Dispose());
        launched.Dispose();
    }

    private async Task Listen()
    {
        while (await launched.Output.ReadLineAsync() is { } line)
        {
            log.Enqueue(line);
        }
    }
}
