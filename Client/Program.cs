using System.Runtime.InteropServices;

namespace TinyTcp.Cli;

/// <summary>The program's rim: words, streams, clock and Ctrl-C come in here, and nowhere else.</summary>
internal static class Program
{
    private static readonly CancellationTokenSource Interrupted = new();

    private static async Task<int> Main(string[] args)
    {
        PosixSignalRegistration? handler = null;
        try
        {
            return await CommandLine.RunAsync(args, Surroundings.OfTheProcess(), ctrlC: Listen);
        }
        finally
        {
            handler?.Dispose();
        }

        // Not before it is needed: it takes a thread, and a start counts for a program that scripts run again and again.
        CancellationToken Listen()
        {
            handler = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
            return Interrupted.Token;
        }
    }

    private static void Interrupt(PosixSignalContext context)
    {
        // Whoever asks twice does not want to wait for an end in order.
        context.Cancel = !Interrupted.IsCancellationRequested;
        Interrupted.Cancel();
    }
}
