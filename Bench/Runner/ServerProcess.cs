using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using TinyTcp.Bench.Plan;

namespace TinyTcp.Bench.Runner;

/// <summary>The process of a contender on the servers' core.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const string Logs = "Bench/bin/logs";
    private const int SigCont = 18;
    private const int SigStop = 19;

    // exec replaces bash and taskset by the server, so that the process id is the server's.
    private const string Exec = "exec taskset -c \"$1\" \"${@:2}\" >\"$0\" 2>&1 </dev/null";
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // Below the ephemeral ports, so that the system assigns it to no other socket.
    private static int lastPort = 20_000;

    private readonly Process process;

    private ServerProcess(Contender contender, int port, string log)
    {
        (Contender, Port) = (contender, port);
        process = ProcessRunner.Start([
            "bash",
            "-c",
            Exec,
            log,
            Cores.Server,
            .. ProcessRunner.Split(contender.Command(port)),
        ]);
    }

    /// <summary>The contender.</summary>
    public Contender Contender { get; }

    /// <summary>The port on which it listens.</summary>
    public int Port { get; }

    /// <summary>The load driver's arguments for this server.</summary>
    public string DriverArguments => LoadDriver.To(Contender.Protocol, Port, process.Id);

    /// <summary>A port without a listener that this run has not used.</summary>
    public static int NextPort()
    {
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();
        do
        {
            lastPort++;
        } while (listeners.Any(static listener => listener.Port == lastPort));

        return lastPort;
    }

    /// <summary>Starts a contender and waits until it listens.</summary>
    /// <exception cref="ProgramFailedException">It exited or does not listen.</exception>
    public static async Task<ServerProcess> StartAsync(Contender contender)
    {
        Directory.CreateDirectory(Logs);
        var log = Path.Combine(Logs, $"{contender.Name}.log");
        var server = new ServerProcess(contender, NextPort(), log);
        if (await server.IsListeningAsync())
        {
            return server;
        }

        server.Dispose();
        throw new ProgramFailedException(
            $"does not listen: {File.ReadLines(log).LastOrDefault("it printed nothing")}"
        );
    }

    /// <summary>Suspends the process. If it has exited, its next measurement fails.</summary>
    public void Suspend() => Signal(SigStop);

    /// <summary>Resumes the process.</summary>
    public void Resume() => Signal(SigCont);

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private void Signal(int signal) => _ = process.HasExited ? 0 : Kill(process.Id, signal);

    private async Task<bool> IsListeningAsync()
    {
        var started = Stopwatch.GetTimestamp();
        while (!process.HasExited && Stopwatch.GetElapsedTime(started) < StartTimeout)
        {
            if (await CanConnectAsync())
            {
                return true;
            }

            await Task.Delay(Pause);
        }

        return false;
    }

    private async Task<bool> CanConnectAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int processId, int signal);
}
