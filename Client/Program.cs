using System.Runtime.InteropServices;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;

namespace TinyTcp.Cli;

/// <summary>The program's rim: words, streams, clock and signals come in here, and nowhere else.</summary>
internal static class Program
{
    // What cannot be given up, such as a pipe that nobody opens or reads, must not keep a program that is to end.
    private static readonly TimeSpan ShutdownGrace = TimeSpan.FromSeconds(2);
    private static readonly CancellationTokenSource Stopping = new();
    private static ExitCode exitCode = ExitCodes.Interrupted;

    private static async Task<int> Main(string[] args)
    {
        PosixSignalRegistration[] handlers = [];
        try
        {
            return await CommandLine.RunAsync(
                args,
                CliEnvironment.FromProcess(),
                Listen,
                static () => exitCode
            );
        }
        finally
        {
            Array.ForEach(handlers, static handler => handler.Dispose());
        }

        // Not before it is needed: it takes a thread, and a start counts for a program that scripts run again and again.
        CancellationToken Listen()
        {
            var late = new Timer(static _ => Environment.Exit(exitCode.Code));
            handlers =
            [
                RegisterHandler(PosixSignal.SIGINT, ExitCodes.Interrupted, late),
                RegisterHandler(PosixSignal.SIGTERM, ExitCodes.Terminated, late),
                RegisterHandler(PosixSignal.SIGHUP, ExitCodes.HungUp, late),
            ];
            return Stopping.Token;
        }
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
                // Whoever asks twice does not want to wait for an end in order.
                context.Cancel = !Stopping.IsCancellationRequested;
                exitCode = context.Cancel ? code : exitCode;
                killTimer.Change(ShutdownGrace, Timeout.InfiniteTimeSpan);
                Stopping.Cancel();
            }
        );
}
