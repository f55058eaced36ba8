using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>A server that listens, in this process or in one of its own: tests on sockets need not know which.</summary>
internal sealed class Running(IPEndPoint endPoint, Func<Task> stop, Func<ValueTask> dispose)
    : IAsyncDisposable
{
    /// <summary>Where it listens.</summary>
    internal IPEndPoint EndPoint => endPoint;

    /// <summary>Stops it, and fails if it does not end in order.</summary>
    internal Task Stop() => stop();

    public ValueTask DisposeAsync() => dispose();

    /// <summary>A server of this process.</summary>
    internal static Running InProcess(TinyServer server, VirtualTime time) =>
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

    /// <summary>The program, where TIME stands still at <see cref="Some.Moment"/>.</summary>
    internal static async Task<Running> Program(Limits limits)
    {
        var program = Launched.Start(Launched.Server, ["--port", "0", "--now", Now, .. Options(limits)]);
        return new(
            await program.ListensOn(),
            async () =>
            {
                program.Signal(PosixSignal.SIGTERM);
                Assert.Equal(0, await program.Exit());
            },
            () =>
            {
                program.Dispose();
                return ValueTask.CompletedTask;
            }
        );
    }

    private static string Now => Some.Moment.ToString("yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture);

    private static IEnumerable<string> Options(Limits limits) =>
        LimitTable
            .Rows.Where(row => row.Get(limits) != row.Default)
            .SelectMany(row => (string[])[$"--{row.Name}", $"{row.Get(limits)}{Suffix(row.Unit)}"]);

    private static string Suffix(LimitUnit unit) => unit == LimitUnit.Milliseconds ? "ms" : "";
}
