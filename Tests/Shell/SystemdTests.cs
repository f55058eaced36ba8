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

/// <summary>Socket activation, and notifications to systemd.</summary>
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
    [InlineData("42", "-1", -1)]
    [InlineData("42", "two", -1)]
    [InlineData("41", "two", 0)]
    public void Sockets_are_opened_only_by_the_process_that_LISTEN_PID_names(
        string? process,
        string? sockets,
        int count
    ) =>
        Assert.Equal(
            count,
            SocketActivation.CountFor(42, variable => variable == "LISTEN_PID" ? process : sockets).IfLeft(-1)
        );

    [Theory]
    [InlineData("10000000", null, 5_000)]
    [InlineData("10000000", "42", 5_000)]
    [InlineData("10000000", "41", 0)]
    [InlineData(null, "42", 0)]
    [InlineData("soon", null, 0)]
    public void The_keep_alive_period_is_half_of_WATCHDOG_USEC_in_the_process_that_WATCHDOG_PID_names(
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
    public async Task The_server_notifies_ready_keep_alive_and_stopping()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var server = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0"],
            ("NOTIFY_SOCKET", path),
            ("WATCHDOG_USEC", "100000")
        );
        await AssertReceives(systemd, "READY=1");
        await AssertReceives(systemd, "WATCHDOG=1");
        await AssertReceives(systemd, "WATCHDOG=1");

        server.Signal(PosixSignal.SIGTERM);
        await AssertReceives(systemd, "STOPPING=1");
        Assert.Equal(0, await server.WaitForExit());
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_service_manager_that_is_missing_or_does_not_read_costs_one_warning(bool isBound)
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        if (isBound)
        {
            systemd.Bind(new UnixDomainSocketEndPoint(path));
            Fill(path);
        }

        using var server = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0"],
            ("NOTIFY_SOCKET", path),
            ("WATCHDOG_USEC", "20000")
        );
        await AssertWarnsOnce(server);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_service_manager_that_goes_away_costs_one_warning()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "notify");
        var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var server = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0"],
            ("NOTIFY_SOCKET", path),
            ("WATCHDOG_USEC", "20000")
        );
        await AssertReceives(systemd, "WATCHDOG=1");
        systemd.Dispose();
        File.Delete(path);
        await AssertWarnsOnce(server);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void LISTEN_FDS_may_promise_more_descriptors_than_are_open() =>
        Assert.Equal(
            "Descriptor 900000 from systemd is not open: LISTEN_FDS promises more sockets than there are.",
            TestValues.Left(SocketActivation.OpenFrom(900_000, int.MaxValue))
        );

    [Fact]
    public async Task A_passed_socket_that_does_not_listen_exits_with_3()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var server = ProgramProcess.StartWithSocket(socket, ProgramProcess.Server);
        Assert.Equal(3, await server.WaitForExit());
    }

    /// <summary>Connections opened while no server runs wait for the next one. Served connections finish.</summary>
    [Fact]
    public async Task Restarts_on_a_passed_socket_lose_no_connection()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var cancellation = new CancellationTokenSource();
        var clients = Enumerable
            .Range(0, 4)
            .Select(_ => ExchangeRepeatedly(listener, cancellation.Token))
            .ToList();
        for (var start = 0; start < Restarts; start++)
        {
            using var server = ProgramProcess.StartWithSocket(listener, ProgramProcess.Server);
            var replies = await Loopback.Exchange((IPEndPoint)listener.LocalEndPoint!, "QUIT\n");
            Assert.Equal($"{Simulation.Greeting}BYE\n", replies);
            server.Signal(PosixSignal.SIGTERM);
            Assert.Equal(0, await server.WaitForExit());
        }

        using var last = ProgramProcess.StartWithSocket(listener, ProgramProcess.Server);
        await cancellation.CancelAsync();
        var counts = await Task.WhenAll(clients);
        Assert.All(counts, static each => Assert.Equal(0, each.Lost));
        Assert.All(counts, static each => Assert.InRange(each.Served, Restarts, int.MaxValue));
    }

    private static async Task<(int Served, int Lost)> ExchangeRepeatedly(
        Socket listener,
        CancellationToken cancellation
    )
    {
        var (served, lost) = (0, 0);
        while (!cancellation.IsCancellationRequested)
        {
            var replies = await Loopback.Exchange((IPEndPoint)listener.LocalEndPoint!, "ECHO here\nQUIT\n");
            var isServed = replies == $"{Simulation.Greeting}ECHO here\nBYE\n";
            // A slow client counts as idle, gets SHUTTING_DOWN and connects again.
            var isShutDown = replies.EndsWith(
                WireBytes.Line(ErrorCode.ShuttingDown),
                StringComparison.Ordinal
            );
            (served, lost) = (served + (isServed ? 1 : 0), lost + (isServed || isShutDown ? 0 : 1));
        }

        return (served, lost);
    }

    /// <summary>The server serves and stops in order, and its log has one warning about the service manager.</summary>
    private static async Task AssertWarnsOnce(ProgramProcess server)
    {
        var warnings = 0;
        // The first keep-alive may be due before the server listens.
        var endPoint = await server.ReadEndPoint(line => warnings += IsWarning(line) ? 1 : 0);
        while (warnings == 0 && await server.Output.ReadLineAsync() is { } line)
        {
            warnings += IsWarning(line) ? 1 : 0;
        }

        Assert.Equal($"{Simulation.Greeting}BYE\n", await Loopback.Exchange(endPoint, "QUIT\n"));
        server.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await server.WaitForExit());
        var rest = (await server.Output.ReadToEndAsync()).Split('\n');
        Assert.Equal(1, warnings + rest.Count(IsWarning));
        Assert.Empty(await server.Error.ReadToEndAsync());
    }

    private static bool IsWarning(string line) =>
        line.Contains(" warning: Cannot notify the service manager", StringComparison.Ordinal);

    /// <summary>Sends to a socket that is not read until its queue is full.</summary>
    private static void Fill(string path)
    {
        using var sender = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        sender.Connect(new UnixDomainSocketEndPoint(path));
        sender.Blocking = false;
        var error = SocketError.Success;
        while (error == SocketError.Success)
        {
            sender.Send("filler"u8, SocketFlags.None, out error);
        }

        Assert.Equal(SocketError.WouldBlock, error);
    }

    private static async Task AssertReceives(Socket systemd, string message)
    {
        while (await ReceiveMessage(systemd) != message) { }
    }

    private static async Task<string> ReceiveMessage(Socket systemd)
    {
        var buffer = new byte[1_000];
        var received = await systemd.ReceiveAsync(buffer).WaitAsync(TimeSpan.FromSeconds(30));
        return Encoding.ASCII.GetString(buffer, 0, received);
    }
}
