using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Systems.Simulated;
using Xunit;

namespace TinyTcp.Tests.Support;

/// <summary>A listening server, in this process or in its own.</summary>
internal sealed class RunningServer(IPEndPoint endPoint, Func<Task> stop, Func<ValueTask> dispose)
    : IAsyncDisposable
{
    /// <summary>The end point that it listens on.</summary>
    internal IPEndPoint EndPoint => endPoint;

    /// <summary>Stops it; throws if it does not end in order.</summary>
    internal Task Stop() => stop();

    public ValueTask DisposeAsync() => dispose();

    /// <summary>A server in this process.</summary>
    internal static RunningServer InProcess(TinyServer server, VirtualTime time) =>
        new(
            server.EndPoint,
            async () =>
            {
                time.MoveTo(time.Monotonic + Session.ShutdownQuietPeriod);
                await server.StopAsync();
                await server.Completion;
            },
            server.DisposeAsync
        );

    /// <summary>The program as a process. Its TIME is always <see cref="TestValues.Moment"/>.</summary>
    internal static async Task<RunningServer> Program(Limits limits)
    {
        var program = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0", "--now", Now, .. Options(limits)]
        );
        return new(
            await program.ReadEndPoint(),
            async () =>
            {
                program.Signal(PosixSignal.SIGTERM);
                Assert.Equal(0, await program.WaitForExit());
            },
            () =>
            {
                program.Dispose();
                return ValueTask.CompletedTask;
            }
        );
    }

    private static string Now =>
        TestValues.Moment.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Options(Limits limits) =>
        LimitTable
            .Rows.Where(row => row.Get(limits) != row.Default)
            .SelectMany(row => (string[])[$"--{row.Name}", $"{row.Get(limits)}{Suffix(row.Unit)}"]);

    private static string Suffix(LimitUnit unit) => unit == LimitUnit.Milliseconds ? "ms" : "";
}
