using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>
/// A network that loses some packets or all. These trials need root and iptables: <c>Tests/battery</c> provides both
/// and enables the trials by a variable.
/// </summary>
internal static class NetworkTrials
{
    private static readonly IPAddress Unreachable = IPAddress.Parse("127.0.0.2");

    private static bool IsEnabled =>
        Environment.GetEnvironmentVariable("TINYTCP_TEST_BATTERY_NETWORK") is not null;

    internal static ImmutableArray<Trial> Rows { get; } =
        IsEnabled
            ?
            [
                new("5 % packet loss in both directions", [], Loss),
                HalfOpen("between lines", ["--idle-timeout", "1s"], static _ => Task.CompletedTask),
                HalfOpen(
                    "within a line",
                    ["--line-timeout", "1s"],
                    static socket => socket.Send("ECHO half a li")
                ),
                HalfOpen(
                    "while replies are pending",
                    ["--write-timeout", "1s"],
                    TestClients.RequestWithoutReading
                ),
                HalfOpen(
                    "with no limit except keep-alive",
                    ["--idle-timeout", "0"],
                    static _ => Task.CompletedTask
                ) with
                {
                    RunsOnce = true,
                },
                new(
                    "half-open: clients vanish with a reply in flight",
                    ["--idle-timeout", "1s", "--write-timeout", "1s"],
                    static (server, scale) =>
                        Vanish(
                            server,
                            scale,
                            static _ => Task.CompletedTask,
                            static socket => socket.Send("TIME\n")
                        )
                ),
            ]
            : [];

    /// <summary>Despite lost packets every reply arrives and is correct.</summary>
    private static async Task<string> Loss(ServerProcess server, Scale scale)
    {
        var (clients, batches) = (scale.Choose(10, 1_000), scale.Choose(2, 10));
        var port = server.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        string[] lost = ["-m", "statistic", "--mode", "random", "--probability", "0.05", "-j", "DROP"];
        using var toServer = await Rule.Add(["-p", "tcp", "--dport", port, .. lost]);
        using var toClients = await Rule.Add(["-p", "tcp", "--sport", port, .. lost]);
        var start = Stopwatch.GetTimestamp();
        var replies = await TestClients.All(
            clients,
            async client =>
            {
                using var socket = await server.Connect().ReadGreeting();
                for (var batch = 0; batch < batches; batch++)
                {
                    var lines = string.Concat(
                        Enumerable.Range(0, 10).Select(line => $"ECHO {client}.{batch}.{line}\n")
                    );
                    await socket.Send(lines);
                    Assert.Equal(lines, await socket.Read(lines.Length));
                }

                return batches * 10;
            }
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{clients:N0} clients, {replies.Sum():N0} replies, none wrong or missing, in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"
        );
    }

    private static Trial HalfOpen(string moment, string[] options, Func<Socket, Task> act) =>
        new(
            $"half-open: clients vanish {moment}",
            options,
            (server, scale) => Vanish(server, scale, act, static _ => Task.CompletedTask)
        );

    /// <summary>
    /// Drops all packets to the clients after <paramref name="act"/>, and all packets from them, including resets,
    /// after <paramref name="lastSend"/>.
    /// </summary>
    private static async Task<string> Vanish(
        ServerProcess server,
        Scale scale,
        Func<Socket, Task> act,
        Func<Socket, Task> lastSend
    )
    {
        var count = scale.Choose(5, 100);
        var descriptors = server.Footprint.Descriptors;
        var clients = await TestClients.All(
            count,
            _ =>
                server
                    .Connect(static socket =>
                    {
                        socket.ReceiveBufferSize = 4 * 1_024;
                        socket.Bind(new IPEndPoint(Unreachable, 0));
                    })
                    .ReadGreeting()
        );
        await Task.WhenAll(clients.Select(act));
        var start = Stopwatch.GetTimestamp();
        using var toClients = await Rule.Add(["-d", Unreachable.ToString(), "-j", "DROP"]);
        await Task.WhenAll(clients.Select(lastSend));
        using var fromClients = await Rule.Add(["-s", Unreachable.ToString(), "-j", "DROP"]);
        await server.Observe(server.WaitForDescriptors(descriptors));
        var elapsed = Stopwatch.GetElapsedTime(start);
        Array.ForEach(clients, static client => client.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of {count} closed after {elapsed.TotalSeconds:N1} s"
        );
    }

    /// <summary>A rule of the kernel's packet filter, deleted on disposal.</summary>
    private sealed class Rule(string[] rule) : IDisposable
    {
        internal static async Task<Rule> Add(string[] rule)
        {
            await Run(["-A", "INPUT", .. rule]);
            return new(rule);
        }

        public void Dispose() => Run(["-D", "INPUT", .. rule]).GetAwaiter().GetResult();

        private static async Task Run(string[] arguments)
        {
            using var iptables = Process.Start("iptables", ["-w", .. arguments]);
            await iptables.WaitForExitAsync();
            Assert.Equal(0, iptables.ExitCode);
        }
    }
}
