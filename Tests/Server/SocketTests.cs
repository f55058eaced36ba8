using System.Net;
using System.Net.Sockets;
using TinyTcp.Core;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Socketry;

namespace TinyTcp.Tests.Server;

/// <summary>The same server over the machine's own sockets, on each system it can run on.</summary>
public sealed class SocketTests
{
    public static TheoryData<string> Systems => Socketry.Systems;

    private static string Greeting => Simulation.Greeting;

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_visit_gets_every_reply_and_a_clean_end(string system)
    {
        await using var server = Start(system);
        var said = await Visit(server, "TIME\r\necho  Hi \n\nFOO\nQUIT\nTIME\n");
        Assert.Equal(
            $"{Greeting}TIME 2025-09-12T17:24:13-05:00\nECHO Hi\nERROR UNKNOWN_COMMAND\nBYE\n",
            said
        );
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Ten_thousand_requests_in_one_write_are_answered_in_order(string system)
    {
        await using var server = Start(system);
        var requests = string.Concat(Enumerable.Range(0, 10_000).Select(static n => $"ECHO {n}\n"));
        Assert.Equal(Greeting + requests, await Visit(server, requests));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Bytes_sent_one_by_one_are_lines_all_the_same(string system)
    {
        await using var server = Start(system);
        using var socket = await Connect(server);
        socket.NoDelay = true;
        foreach (var character in "ECHO one\r\nQUIT\n")
        {
            await socket.Send(character.ToString());
        }

        Assert.Equal($"{Greeting}ECHO one\nBYE\n", await socket.ReadToEnd());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Each_of_many_connections_at_once_gets_its_own_answers(string system)
    {
        // Two ends of each are this process's: 2,000 where it may have so many, else what it may.
        var count = Math.Min(2_000, Descriptors.Available / 2);
        await using var server = Start(system);
        var sockets = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Connect(server)));
        await Task.WhenAll(sockets.Select(static (socket, n) => socket.Send($"ECHO first {n}\nECHO ")));
        await Task.WhenAll(sockets.Select(static (socket, n) => socket.Send($"second {n}\nQUIT\n")));
        var said = await Task.WhenAll(sockets.Select(static socket => socket.ReadToEnd()));

        Assert.All(
            said,
            static (each, n) => Assert.Equal($"{Greeting}ECHO first {n}\nECHO second {n}\nBYE\n", each)
        );
        Array.ForEach(sockets, static socket => socket.Dispose());
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_client_that_reads_late_loses_nothing(string system)
    {
        await using var server = Start(system);
        using var socket = await Connect(server);
        var requests = string.Concat(Enumerable.Repeat($"ECHO {new string('x', 4_000)}\n", 5_000));
        var sending = socket.Send(requests + "QUIT\n");
        var greeting = await socket.Read(Greeting.Length);
        Assert.False(sending.IsCompleted, "the server has to stop reading");

        Assert.Equal(Greeting + requests + "BYE\n", greeting + await socket.ReadToEnd());
        await sending;
    }

    /// <summary>S-3.</summary>
    [Theory]
    [MemberData(nameof(Systems))]
    public async Task What_is_said_last_arrives_though_input_is_left_unread(string system)
    {
        await using var server = Start(system);
        for (var visit = 0; visit < 100; visit++)
        {
            using var socket = await Connect(server);
            await socket.Send("QUIT\n" + new string('x', 20_000));
            await socket.Send(new string('y', 20_000));
            Assert.Equal($"{Greeting}BYE\n", await socket.ReadToEnd());
        }
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_reset_harms_nobody_else(string system)
    {
        var log = new CollectingLog();
        await using var server = Start(system, log: log);
        for (var visit = 0; visit < 50; visit++)
        {
            using var rude = await Connect(server);
            await rude.Send(visit % 2 == 0 ? "ECHO x\nEC" : "");
            rude.LingerState = new LingerOption(enable: true, seconds: 0);
            rude.Close();
        }

        Assert.Equal($"{Greeting}ECHO x\n", await Visit(server, "ECHO x\n"));
        Assert.False(log.HasErrors);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_reset_while_replies_wait_for_room_gives_the_place_back(string system)
    {
        var log = new CollectingLog();
        await using var server = Start(system, Some.With(Limits.Default, "max-connections", 1), log);
        using var rude = await Connect(server);
        var sending = rude.Send(string.Concat(Enumerable.Repeat($"ECHO {new string('x', 4_000)}\n", 5_000)));
        await rude.Read(Greeting.Length);
        Assert.False(sending.IsCompleted, "the server has to stop reading");
        rude.LingerState = new LingerOption(enable: true, seconds: 0);
        rude.Close();

        string said;
        do
        {
            said = await Visit(server, "QUIT\n");
        } while (said == Wire.Line(ProtocolError.ServerBusy));
        Assert.Equal($"{Greeting}BYE\n", said);
        Assert.False(log.HasErrors);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_stop_says_goodbye_to_everybody(string system)
    {
        await using var server = Start(system);
        using var socket = await Connect(server);
        Assert.Equal(Greeting, await socket.Read(Greeting.Length));

        var stopping = server.StopAsync();
        Assert.Equal(Wire.Line(ProtocolError.ShuttingDown), await socket.ReadToEnd());
        socket.Shutdown(SocketShutdown.Send);
        await stopping;
        Assert.True(server.Completion.IsCompletedSuccessfully);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task One_connection_too_many_is_told_so(string system)
    {
        await using var server = Start(system, Some.With(Limits.Default, "max-connections", 1));
        using var first = await Connect(server);
        await first.Read(Greeting.Length);
        Assert.Equal(Wire.Line(ProtocolError.ServerBusy), await Visit(server, ""));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task A_second_server_on_the_same_port_is_refused(string system)
    {
        await using var server = Start(system);
        var error = Some.Left(TryStart(system, server.EndPoint));
        Assert.Equal(SocketError.AddressAlreadyInUse, error.Code);
        Assert.Contains($"{server.EndPoint} is in use", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void An_address_of_another_machine_is_refused(string system)
    {
        var error = Some.Left(TryStart(system, new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0)));
        Assert.Equal(SocketError.AddressNotAvailable, error.Code);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Every_address_of_IPv6_is_every_address_of_IPv4_too_and_the_log_names_the_peer(
        string system
    )
    {
        if (!Socket.OSSupportsIPv6)
        {
            return;
        }

        var log = new CollectingLog();
        await using var server = Some.Right(TryStart(system, new IPEndPoint(IPAddress.IPv6Any, 0), log: log));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.EndPoint.Port);
        Assert.Equal(Greeting, await socket.Read(Greeting.Length));

        var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        Assert.EndsWith($"[::ffff:127.0.0.1]:{port}", await log.First(10), StringComparison.Ordinal);
    }

    /// <summary>N-1.</summary>
    [Theory]
    [MemberData(nameof(Systems))]
    public async Task Listening_beyond_loopback_is_warned_about(string system)
    {
        var log = new CollectingLog();
        await using var server = Some.Right(TryStart(system, new IPEndPoint(IPAddress.Any, 0), log: log));
        Assert.Contains("other machines", await log.First(2), StringComparison.Ordinal);
    }
}
