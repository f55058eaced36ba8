using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Cli.Benching.Looping;
using TinyTcp.Cli.Benching.Reporting;
using TinyTcp.Client;

namespace TinyTcp.Cli.Benching;

/// <summary>A benchmark from its beginning to its exit code.</summary>
/// <param name="call">Whom to call, and how.</param>
/// <param name="load">What load to put on it.</param>
/// <param name="quiet">How long to look at the machine's noise before.</param>
/// <param name="reporter">What to make of the results.</param>
/// <param name="surroundings">Where to print.</param>
internal sealed class Bencher(
    Call call,
    Load load,
    TimeSpan quiet,
    Reporter reporter,
    Surroundings surroundings
)
{
    private readonly LoadClock clock = new(surroundings.Time);

    /// <summary>Does it. Ctrl-C ends it early, and what was measured until then is reported.</summary>
    /// <returns>The exit code; a signal that ended it is thrown, once that is told.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var found = await FindAsync(cancellationToken);
        var noise = found.IsRight ? await LookAsync(cancellationToken) : Option<Noise>.None;
        cancellationToken.ThrowIfCancellationRequested();
        var started = found.Bind(endPoint => LoadRun.Start(call, endPoint, load, clock));
        if (started.IsLeft)
        {
            return reporter.Tell(new Report(call.Target, load, noise, (ClientError)started));
        }

        var run = (LoadRun)started;
        var measured = await LookOnAsync(run, cancellationToken);
        var report = new Report(call.Target, load, noise, run.Loop.Error)
        {
            Seconds = Counted(run.Loop),
            Measured = measured,
            IsInterrupted = cancellationToken.IsCancellationRequested,
        };
        var code = reporter.Tell(report);
        if (code == ExitCodes.Success.Code)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return code;
    }

    /// <summary>The address that answers, of all that the host may have: one connection is made and given back.</summary>
    private async Task<Either<ClientError, EndPoint>> FindAsync(CancellationToken cancellationToken)
    {
        var dialled = await Dialer.DialInTimeAsync(call.Target, call.Options, cancellationToken);
        if (dialled.IsLeft)
        {
            return (ClientError)dialled;
        }

        await using var stream = (NetworkStream)(Stream)dialled;
        return Prelude
            .Optional(stream.Socket.RemoteEndPoint)
            .ToEither((ClientError)new ClientError.NotConnected(call.Target, SocketError.NotConnected));
    }

    private async Task<Measured> LookOnAsync(LoadRun run, CancellationToken cancellationToken)
    {
        using var interrupted = cancellationToken.UnsafeRegister(
            static loop => ((ILoad)loop!).End(),
            run.Loop
        );
        var view = reporter.View(load);
        while (!run.Ended.IsCompleted)
        {
            await Task.WhenAny(
                run.Ended,
                Task.Delay(LiveView.Every, surroundings.Time, CancellationToken.None)
            );
            view.Show(run.Loop, clock.Now);
        }

        view.End();
        await run.Ended;
        return run.Loop.Handover.ReadAll();
    }

    /// <summary>The machine's noise, as a thread meets it that is made like the one that puts the load on.</summary>
    private async Task<Option<Noise>> LookAsync(CancellationToken cancellationToken) =>
        quiet > TimeSpan.Zero
            ? await LoadRun.StartThread(() => Noise.Measure(clock, quiet, cancellationToken))
            : Option<Noise>.None;

    private double Counted(ILoad loop) =>
        loop.Window.Match(
            Some: window => (Math.Clamp(clock.Now, window.From, window.Until) - window.From) / 1e9,
            None: static () => 0
        );
}
