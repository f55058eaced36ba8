using System.Runtime.InteropServices;

namespace TinyTcp.Cli;

/// <summary>The program's rim: words, streams, clock and signals come in here, and nowhere else.</summary>
internal static class Program
{
    // What cannot be given up, such as a pipe that nobody opens or reads, must not keep a program that is to end.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private static readonly CancellationTokenSource Ended = new();
    private static ExitCode by = ExitCodes.Interrupted;

    private static async Task<int> Main(string[] args)
    {
        PosixSignalRegistration[] handlers = [];
        try
        {
            return await CommandLine.RunAsync(args, Surroundings.OfTheProcess(), Listen, static () => by);
        }
        finally
        {
            Array.ForEach(handlers, static handler => handler.Dispose());
        }

        // Not before it is needed: it takes a thread, and a start counts for a program that scripts run again and again.
        CancellationToken Listen()
        {
            var late = new Timer(static _ => Environment.Exit(by.Code));
            handlers =
            [
                On(PosixSignal.SIGINT, ExitCodes.Interrupted, late),
                On(PosixSignal.SIGTERM, ExitCodes.Terminated, late),
                On(PosixSignal.SIGHUP, ExitCodes.HungUp, late),
            ];
            return Ended.Token;
        }
    }

    private static PosixSignalRegistration On(PosixSignal signal, ExitCode code, Timer late) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                // Whoever asks twice does not want to wait for an end in order.
                context.Cancel = !Ended.IsCancellationRequested;
                by = context.Cancel ? code : by;
                late.Change(Grace, Timeout.InfiniteTimeSpan);
                Ended.Cancel();
            }
        );
}
