using System.Net;
using System.Net.Sockets;
using LanguageExt;
using TinyTcp.Cli.Bench.Engine;
using TinyTcp.Cli.Bench.Report;
using TinyTcp.Cli.Errors;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Parsing;
using TinyTcp.Client.Primitives;
using TinyTcp.Client.Sockets;

namespace TinyTcp.Cli.Bench;

/// <summary>A benchmark from its beginning to its exit code.</summary>
/// <param name="settings">Whom to call, and how.</param>
/// <param name="profile">What load to put on it.</param>
/// <param name="jitterDuration">How long to look at the machine's noise before.</param>
/// <param name="reporter">What to make of the results.</param>
/// <param name="environment">Where to print.</param>
internal sealed class Bencher(
    ConnectionSettings settings,
    LoadProfile profile,
    TimeSpan jitterDuration,
    Reporter reporter,
    CliEnvironment environment
)
{
    private readonly LoadClock clock = new(environment.Time);

    /// <summary>Does it. Ctrl-C ends it early, and what was measured until then is reported.</summary>
    /// <returns>The exit code; a signal that ended it is thrown, once that is told.</returns>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var found = await FindEndPointAsync(cancellationToken);
        var noise = found.IsRight
            ? await MeasureJitterAsync(cancellationToken)
            : Option<SchedulingJitter>.None;
        cancellationToken.ThrowIfCancellationRequested();
        var started = found.Bind(endPoint => LoadRun.Start(settings, endPoint, profile, clock));
        if (started.IsLeft)
        {
            return reporter.PrintResult(
                new BenchResult(settings.Target, profile, noise, (ClientError)started)
            );
        }

        var run = (LoadRun)started;
        var measured = await MonitorAsync(run, cancellationToken);
        var report = new BenchResult(settings.Target, profile, noise, run.Loop.Error)
        {
            Seconds = MeasuredSeconds(run.Loop),
            Measurements = measured,
            IsInterrupted = cancellationToken.IsCancellationRequested,
        };
        var code = reporter.PrintResult(report);
        if (code == ExitCodes.Success.Code)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return code;
    }

    /// <summary>The address that answers, of all that the host may have: one connection is made and given back.</summary>
    private async Task<Either<ClientError, EndPoint>> FindEndPointAsync(CancellationToken cancellationToken)
    {
        var dialled = await Dialer.DialWithTimeoutAsync(
            settings.Target,
            settings.ClientOptions,
            cancellationToken
        );
        if (dialled.IsLeft)
        {
            return (ClientError)dialled;
        }

        await using var stream = (NetworkStream)(Stream)dialled;
        return Prelude
            .Optional(stream.Socket.RemoteEndPoint)
            .ToEither((ClientError)new ClientError.ConnectFailed(settings.Target, SocketError.NotConnected));
    }

    private async Task<LoadResult> MonitorAsync(LoadRun run, CancellationToken cancellationToken)
    {
        using var interrupted = cancellationToken.UnsafeRegister(
            static loop => ((ILoadLoop)loop!).Stop(),
            run.Loop
        );
        var view = reporter.CreateLiveView(profile);
        while (!run.Completion.IsCompleted)
        {
            await Task.WhenAny(
                run.Completion,
                Task.Delay(LiveView.RefreshInterval, environment.Time, CancellationToken.None)
            );
            view.Update(run.Loop, clock.Now);
        }

        view.Hide();
        await run.Completion;
        return run.Loop.Results.ReadFinal();
    }

    /// <summary>The machine's noise, as a thread meets it that is made like the one that puts the load on.</summary>
    private async Task<Option<SchedulingJitter>> MeasureJitterAsync(CancellationToken cancellationToken) =>
        jitterDuration > TimeSpan.Zero
            ? await LoadRun.StartThread(() =>
                SchedulingJitter.Measure(clock, jitterDuration, cancellationToken)
            )
            : Option<SchedulingJitter>.None;

    private double MeasuredSeconds(ILoadLoop loop) =>
        loop.Window.Match(
            Some: window => (Math.Clamp(clock.Now, window.From, window.Until) - window.From) / 1e9,
            None: static () => 0
        );
}
