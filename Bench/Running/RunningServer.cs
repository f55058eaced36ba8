using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench.Running;

/// <summary>A contender's process, on its cores. Ending it is its end: there is nothing to keep.</summary>
internal sealed class RunningServer(Contender contender, Process process, int port) : IDisposable
{
    private const string Logs = "Bench/bin/logs";

    // Becomes the server itself, so that the process we know is the server's.
    private const string Become = "exec taskset -c \"$1\" \"${@:2}\" >\"$0\" 2>&1 </dev/null";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Below the system's own range, so that nobody else is given it meanwhile.
    private static int lastPort = 20_000;

    /// <summary>Who it is.</summary>
    public Contender Contender => contender;

    /// <summary>What the driver has to know.</summary>
    public Target Target => new(contender.Speaks, port, process.Id);

    /// <summary>What the process holds just now.</summary>
    public Holdings Holdings => Holdings.Of(process.Id);

    /// <summary>A port that no contender of this run had before, and nobody else has now.</summary>
    public static int NextPort()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        do
        {
            lastPort++;
        } while (taken.Any(static listener => listener.Port == lastPort));

        return lastPort;
    }

    /// <summary>Starts a contender, and waits until it listens.</summary>
    public static async Task<Either<string, RunningServer>> Start(Contender contender)
    {
        Directory.CreateDirectory(Logs);
        var log = Path.Combine(Logs, $"{contender.Name}.log");
        var port = NextPort();
        ImmutableArray<string> command =
        [
            "bash",
            "-c",
            Become,
            log,
            contender.Cores,
            .. contender.Command(port),
        ];
        var server = new RunningServer(contender, Commands.Start(command), port);
        if (await server.Listens())
        {
            return server;
        }

        server.Dispose();
        return $"does not listen: {File.ReadLines(log).LastOrDefault("it said nothing")}";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private async Task<bool> Listens()
    {
        var started = Stopwatch.GetTimestamp();
        while (!process.HasExited && Stopwatch.GetElapsedTime(started) < Patience)
        {
            if (await Connects())
            {
                return true;
            }

            await Task.Delay(Pause);
        }

        return false;
    }

    private async Task<bool> Connects()
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            // Not yet, or never: the caller counts the time.
            return false;
        }
    }
}
