using System.Runtime.InteropServices;
using TinyTcp.Cli;

// The program's rim: arguments, streams, clock and Ctrl-C come in here, and nowhere else.
using var interrupted = new CancellationTokenSource();
using var handler = PosixSignalRegistration.Create(
    PosixSignal.SIGINT,
    context =>
    {
        context.Cancel = true;
        interrupted.Cancel();
    }
);

return await CommandLine.RunAsync(
    args,
    new Surroundings(Console.Out, Console.Error, TimeProvider.System),
    interrupted.Token
);
