using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using TinyTcp.Core.Errors;
using TinyTcp.Shell.Systemd;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Shell;

/// <summary>What systemd hands to the server, and what the server tells systemd.</summary>
[Trait("Category", "Program")]
public sealed class SystemdTests
{
    private const int Restarts = 3;

    [Theory]
    [InlineData("42", "2", 2)]
    [InlineData("42", "0", 0)]
    [InlineData("41", "2", 0)]
    [InlineData(null, "2", 0)]
    [InlineData("42", null, 0)]
    [InlineData("42", "-1", 0)]
    [InlineData("42", "two", 0)]
    public void Sockets_are_taken_by_the_process_that_they_are_meant_for(
        string? process,
        string? sockets,
        int count
    ) =>
        Assert.Equal(
            count,
            SocketActivation.CountFor(42, variable => variable == "LISTEN_PID" ? process : sockets)
        );

    [Theory]
    [InlineData("10000000", null, 5_000)]
    [InlineData("10000000", "42", 5_000)]
    [InlineData("10000000", "41", 0)]
    [InlineData(null, "42", 0)]
    [InlineData("soon", null, 0)]
    public void The_watchdog_is_fed_twice_as_often_as_it_asks_this_process(
        string? microseconds,
        string? process,
        int milliseconds
    ) =>
        Assert.Equal(
            TimeSpan.FromMilliseconds(milliseconds),
            SystemdNotifications.WatchdogPeriod(
                42,
                variable => variable == "WATCHDOG_PID" ? process : microseconds
            )
        );

    [Fact]
    public async Task It_says_that_it_is_ready_that_it_lives_and_that_it_stops()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var launched = Launched.Start(
            Launched.Server,
            ["--port", "0"],
            ("NOTIFY_SOCKET", path),
            ("WATCHDOG_USEC", "100000")
        );
        await Hears(systemd, "READY=1");
        await Hears(systemd, "WATCHDOG=1");
        await Hears(systemd, "WATCHDOG=1");

        launched.Signal(PosixSignal.SIGTERM);
        await Hears(systemd, "STOPPING=1");
        Assert.Equal(0, await launched.Exit());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_socket_that_does_not_listen_is_one_clear_line_and_exit_code_3()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var launched = Launched.StartHanded(socket, Launched.Server);
        Assert.Equal(3, await launched.Exit());
    }

    /// <summary>Who comes while no server runs waits, and who is being served is let finish.</summary>
    [Fact]
    public async Task Servers_that_follow_each_other_on_a_socket_that_stays_open_lose_nobody()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var ending = new CancellationTokenSource();
        var visits = Enumerable.Range(0, 4).Select(_ => VisitOverAndOver(listener, ending.Token)).ToList();
        for (var start = 0; start < Restarts; start++)
        {
            using var launched = Launched.StartHanded(listener, Launched.Server);
            var visit = await Socketry.Visit((IPEndPoint)listener.LocalEndPoint!, "QUIT\n");
            Assert.Equal($"{Simulation.Greeting}BYE\n", visit);
            launched.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await launched.Exit());
        }

        using var last = Launched.StartHanded(listener, Launched.Server);
        await ending.CancelAsync();
        var all = await Task.WhenAll(visits);
        Assert.All(all, static each => Assert.Equal(0, each.Lost));
        Assert.All(all, static each => Assert.InRange(each.Served, Restarts, int.MaxValue));
    }

    private static async Task<(int Served, int Lost)> VisitOverAndOver(
        Socket listener,
        CancellationToken ending
    )
    {
        var (served, lost) = (0, 0);
        while (!ending.IsCancellationRequested)
        {
            var said = await Socketry.Visit((IPEndPoint)listener.LocalEndPoint!, "ECHO here\nQUIT\n");
            var isServed = said == $"{Simulation.Greeting}ECHO here\nBYE\n";
            // Who is so slow that the server takes it for quiet is told, and comes again.
            var isTold = said.EndsWith(WireBytes.Line(ErrorCode.ShuttingDown), StringComparison.Ordinal);
            (served, lost) = (served + (isServed ? 1 : 0), lost + (isServed || isTold ? 0 : 1));
        }

        return (served, lost);
    }

    private static async Task Hears(Socket systemd, string word)
    {
        while (await Next(systemd) != word) { }
    }

    private static async Task<string> Next(Socket systemd)
    {
        var buffer = new byte[1_000];
        var received = await systemd.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.ASCII.GetString(buffer, 0, received);
    }
}
