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
    private static ExitCode exitCode = ExitCodes.Interrupted;

    private static async Task<int> Main(string[] args)
    {
        if (OperatingSystem.IsLinux())
        {
            StandardStreams.Prepare();
        }

        PosixSignalRegistration[] handlers = [];
        try
        {
            return await CommandLine.RunAsync(
                args,
                CliEnvironment.FromProcess(),
                // Only for commands that need it: the handlers take a thread, which makes the start slower.
                () => Listen(out handlers),
                static () => exitCode
            );
        }
        finally
        {
            Array.ForEach(handlers, static handler => handler.Dispose());
        }
    }

    private static CancellationToken Listen(out PosixSignalRegistration[] handlers)
    {
        var killTimer = new Timer(static _ => Environment.Exit(exitCode.Code));
        handlers =
        [
            RegisterHandler(PosixSignal.SIGINT, ExitCodes.Interrupted, killTimer),
            RegisterHandler(PosixSignal.SIGTERM, ExitCodes.Terminated, killTimer),
            RegisterHandler(PosixSignal.SIGHUP, ExitCodes.HungUp, killTimer),
        ];
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
                // A second signal ends the process at once.
                context.Cancel = !Stopping.IsCancellationRequested;
                exitCode = context.Cancel ? code : exitCode;
                killTimer.Change(ShutdownGrace, Timeout.InfiniteTimeSpan);
                Stopping.Cancel();
            }
        );
}
