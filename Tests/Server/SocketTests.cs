using System.Net.Sockets;
using TinyTcp.Core.Errors;
using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;
using static TinyTcp.Tests.Server.Socketry;

namespace TinyTcp.Tests.Server;

/// <summary>
/// The same server over the machine's own sockets: on each system it can run on, and as the program that is published.
/// </summary>
[Trait("Category", "Program")]
public sealed class SocketTests
{
    public static TheoryData<string> Servers => Socketry.Servers;

    private static string Greeting => Simulation.Greeting;

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task A_visit_gets_every_reply_and_a_clean_end(string kind)
    {
        await using var server = await Run(kind);
        var said = await Visit(server.EndPoint, "TIME\r\necho  Hi \n\nFOO\nQUIT\nTIME\n");
        Assert.Equal(
            $"{Greeting}TIME 2025-09-12T17:24:13-05:00\nECHO Hi\nERROR UNKNOWN_COMMAND\nBYE\n",
            said
        );
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task Ten_thousand_requests_in_one_write_are_answered_in_order(string kind)
    {
        await using var server = await Run(kind);
        var requests = string.Concat(Enumerable.Range(0, 10_000).Select(static n => $"ECHO {n}\n"));
        Assert.Equal(Greeting + requests, await Visit(server.EndPoint, requests));
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
    public async Task Each_of_many_connections_at_once_gets_its_own_answers(string kind)
    {
        // Two ends of each are this process's: 2,000 where it may have so many, else what it may.
        var count = Math.Min(2_000, Descriptors.Available / 2);
        await using var server = await Run(kind);
        var sockets = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Connect(server.EndPoint)));
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
    [MemberData(nameof(Servers))]
    public async Task A_client_that_reads_late_loses_nothing(string kind)
    {
        await using var server = await Run(kind);
        using var socket = await Connect(server.EndPoint);
        var requests = string.Concat(Enumerable.Repeat($"ECHO {new string('x', 4_000)}\n", 5_000));
        var sending = socket.Send(requests + "QUIT\n");
        var greeting = await socket.Read(Greeting.Length);
        Assert.False(sending.IsCompleted, "the server has to stop reading");

        Assert.Equal(Greeting + requests + "BYE\n", greeting + await socket.ReadToEnd());
        await sending;
    }

    /// <summary>S-3.</summary>
    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_last_reply_arrives_though_input_is_left_unread(string kind)
    {
        await using var server = await Run(kind);
        for (var visit = 0; visit < 100; visit++)
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
        for (var visit = 0; visit < 50; visit++)
        {
            using var rude = await Connect(server.EndPoint);
            await rude.Send(visit % 2 == 0 ? "ECHO x\nEC" : "");
            rude.LingerState = new LingerOption(enable: true, seconds: 0);
            rude.Close();
        }

        Assert.Equal($"{Greeting}ECHO x\n", await Visit(server.EndPoint, "ECHO x\n"));
        Assert.False(log.HasErrors);
    }

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task After_a_reset_while_replies_are_pending_the_connection_no_longer_counts(string kind)
    {
        var log = new CollectingLog();
        await using var server = await Run(kind, Some.With(Limits.Default, "max-connections", 1), log);
        using var rude = await Connect(server.EndPoint);
        var sending = rude.Send(string.Concat(Enumerable.Repeat($"ECHO {new string('x', 4_000)}\n", 5_000)));
        await rude.Read(Greeting.Length);
        Assert.False(sending.IsCompleted, "the server has to stop reading");
        rude.LingerState = new LingerOption(enable: true, seconds: 0);
        rude.Close();

        string said;
        do
        {
            said = await Visit(server.EndPoint, "QUIT\n");
        } while (said == WireBytes.Line(ErrorCode.ServerBusy));
        Assert.Equal($"{Greeting}BYE\n", said);
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
        await using var server = await Run(kind, Some.With(Limits.Default, "max-connections", 1));
        using var first = await Connect(server.EndPoint);
        await first.Read(Greeting.Length);
        Assert.Equal(WireBytes.Line(ErrorCode.ServerBusy), await Visit(server.EndPoint, ""));
    }
}
