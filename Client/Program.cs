using System.Runtime.InteropServices;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Systems.Linux;

namespace TinyTcp.Cli;

/// <summary>The entry point: passes the process's arguments, streams, clock and signals to <see cref="CommandLine"/>.</summary>
internal static class Program
{
    // A blocking call that cannot be cancelled, such as opening a pipe without a peer, must not keep the process alive.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(2);
    private static readonly CancellationTokenSource Stopping = new();

    // Until the process has ended: a signal at its end must not change the exit code.
    private static readonly List<PosixSignalRegistration> Handlers = [];

    private static ExitCode exitCode = ExitCodes.Interrupted;

    private static async Task<int> Main(string[] args)
    {
        if (OperatingSystem.IsLinux())
        {
            StandardStreams.Prepare();
            DescriptorLimit.Raise();
        }

        var environment = CliEnvironment.FromProcess();
        try
        {
            return await CommandLine.RunAsync(
                args,
                environment,
                // Only for commands that need it: the handlers take a thread, which makes the start slower.
                Listen,
                static () => exitCode
            );
        }
        catch (Exception unexpected)
        {
            return CliError.From(unexpected).WriteTo(environment);
        }
    }

    private static CancellationToken Listen()
    {
        var killTimer = new Timer(static _ => Environment.Exit(exitCode.Code));
        Handlers.AddRange(
            RegisterHandler(PosixSignal.SIGINT, ExitCodes.Interrupted, killTimer),
            RegisterHandler(PosixSignal.SIGTERM, ExitCodes.Terminated, killTimer),
            RegisterHandler(PosixSignal.SIGHUP, ExitCodes.HungUp, killTimer)
        );
        return Stopping.Token;
    }

    private static PosixSignalRegistration RegisterHandler(
        PosixSignal signal,
        ExitCode code,
        Timer killTimer
    ) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                // A second signal ends the process at once, but a terminal that is closed sends several SIGHUPs.
                var isFirst = !Stopping.IsCancellationRequested;
                context.Cancel = isFirst || signal == PosixSignal.SIGHUP;
                if (isFirst)
                {
                    exitCode = code;
                    killTimer.Change(ShutdownGrace, Timeout.InfiniteTimeSpan);
                    Stopping.Cancel();
                }
            }
        );
}
