using System.Net.Sockets;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Support.Loopback;

namespace TinyTcp.Tests.Server;

/// <summary>
/// The server over real sockets: on each system that it can run on, and as the published program.
/// </summary>
[Trait("Category", "Program")]
public sealed class SocketTests
{
    public static TheoryData<string> Servers => Loopback.Servers;

    private static string Greeting => Simulation.Greeting;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_client_gets_every_reply_and_an_orderly_close(string kind)
    {
        await using var server = await Run(kind);
        var received = await Exchange(server.EndPoint, "TIME\r\necho  Hi \n\nFOO\nQUIT\nTIME\n");
        Assert.Equal(
            $"{Greeting}TIME 2025-09-12T17:24:13-05:00\nECHO Hi\nERROR UNKNOWN_COMMAND\nBYE\n",
            received
        );
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Ten_thousand_requests_in_one_write_are_answered_in_order(string kind)
    {
        await using var server = await Run(kind);
        var requests = string.Concat(Enumerable.Range(0, 10_000).Select(static n => $"ECHO {n}\n"));
        Assert.Equal(Greeting + requests, await Exchange(server.EndPoint, requests));
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Lines_sent_byte_by_byte_are_answered(string kind)
    {
        await using var server = await Run(kind);
        using var socket = await Connect(server.EndPoint);
        socket.NoDelay = true;
        foreach (var character in "ECHO one\r\nQUIT\n")
        {
            await socket.Send(character.ToString());
        }

        Assert.Equal($"{Greeting}ECHO one\nBYE\n", await socket.ReadToEnd());
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Each_of_many_connections_at_once_gets_its_own_replies(string kind)
    {
        // Both ends of a connection may be in this process: two descriptors each.
        var count = Math.Min(2_000, Descriptors.Available / 2);
        await using var server = await Run(kind);
        var sockets = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Connect(server.EndPoint)));
        await Task.WhenAll(sockets.Select(static (socket, n) => socket.Send($"ECHO first {n}\nECHO ")));
        await Task.WhenAll(sockets.Select(static (socket, n) => socket.Send($"second {n}\nQUIT\n")));
        var received = await Task.WhenAll(sockets.Select(static socket => socket.ReadToEnd()));

        Assert.All(
            received,
            static (replies, n) => Assert.Equal($"{Greeting}ECHO first {n}\nECHO second {n}\nBYE\n", replies)
        );
        Array.ForEach(sockets, static socket => socket.Dispose());
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_client_that_reads_late_loses_nothing(string kind)
    {
        await using var server = await Run(kind);
        using var socket = await Connect(server.EndPoint);
        var requests = string.Concat(Enumerable.Repeat($"ECHO {new string('x', 4_000)}\n", 5_000));
        var sending = socket.Send(requests + "QUIT\n");
        var greeting = await socket.Read(Greeting.Length);
        Assert.False(sending.IsCompleted, "the server did not stop reading");

        Assert.Equal(Greeting + requests + "BYE\n", greeting + await socket.ReadToEnd());
        await sending;
    }

    /// <summary>S-3.</summary>
    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_last_reply_arrives_though_input_is_left_unread(string kind)
    {
        await using var server = await Run(kind);
        for (var connection = 0; connection < 100; connection++)
        {
            using var socket = await Connect(server.EndPoint);
            await socket.Send("QUIT\n" + new string('x', 20_000));
            await socket.Send(new string('y', 20_000));
            Assert.Equal($"{Greeting}BYE\n", await socket.ReadToEnd());
        }
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_reset_affects_no_other_connection(string kind)
    {
        var log = new CollectingLog();
        await using var server = await Run(kind, log: log);
        for (var connection = 0; connection < 50; connection++)
        {
            using var client = await Connect(server.EndPoint);
            await client.Send(connection % 2 == 0 ? "ECHO x\nEC" : "");
            client.LingerState = new LingerOption(enable: true, seconds: 0);
            client.Close();
        }

        Assert.Equal($"{Greeting}ECHO x\n", await Exchange(server.EndPoint, "ECHO x\n"));
        Assert.False(log.HasErrors);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task After_a_reset_while_replies_are_pending_the_connection_no_longer_counts(string kind)
    {
        var log = new CollectingLog();
        await using var server = await Run(kind, TestValues.With(Limits.Default, "max-connections", 1), log);
        using var client = await Connect(server.EndPoint);
        var sending = client.Send(
            string.Concat(Enumerable.Repeat($"ECHO {new string('x', 4_000)}\n", 5_000))
        );
        await client.Read(Greeting.Length);
        Assert.False(sending.IsCompleted, "the server did not stop reading");
        client.LingerState = new LingerOption(enable: true, seconds: 0);
        client.Close();

        string reply;
        do
        {
            reply = await Exchange(server.EndPoint, "QUIT\n");
        } while (reply == WireBytes.Line(ErrorCode.ServerBusy));
        Assert.Equal($"{Greeting}BYE\n", reply);
        Assert.False(log.HasErrors);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_stop_sends_the_notice_to_every_connection(string kind)
    {
        await using var server = await Run(kind);
        using var socket = await Connect(server.EndPoint);
        Assert.Equal(Greeting, await socket.Read(Greeting.Length));

        var stopping = server.Stop();
        Assert.Equal(WireBytes.Line(ErrorCode.ShuttingDown), await socket.ReadToEnd());
        socket.Shutdown(SocketShutdown.Send);
        await stopping;
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_connection_above_the_limit_is_rejected(string kind)
    {
        await using var server = await Run(kind, TestValues.With(Limits.Default, "max-connections", 1));
        using var first = await Connect(server.EndPoint);
        await first.Read(Greeting.Length);
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), await Exchange(server.EndPoint, ""));
    }
}
