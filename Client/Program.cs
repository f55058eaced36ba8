using System.Runtime.InteropServices;

namespace TinyTcp.Cli;

/// <summary>The program's rim: words, streams, clock and Ctrl-C come in here, and nowhere else.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var interrupted = new CancellationTokenSource();
        using var handler = PosixSignalRegistration.Create(
            PosixSignal.SIGINT,
            context =>
            {
                // Whoever asks twice does not want to wait for an end in order.
                context.Cancel = !interrupted.IsCancellationRequested;
                interrupted.Cancel();
            }
        );
        return await CommandLine.RunAsync(args, Surroundings.OfTheProcess(), interrupted.Token);
    }
}
