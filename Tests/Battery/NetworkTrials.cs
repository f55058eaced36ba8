using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using TinyTcp.Tests.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>
/// A network that loses packets, some of them or all. That takes rights and iptables: <c>Tests/battery</c> sees to both,
/// and asks for these rows by a variable.
/// </summary>
internal static class NetworkTrials
{
    private static readonly IPAddress Vanishing = IPAddress.Parse("127.0.0.2");

    private static bool IsAskedFor =>
        Environment.GetEnvironmentVariable("TINYTCP_BATTERY_NETWORK") is not null;

    internal static ImmutableArray<Trial> Rows { get; } =
        IsAskedFor
            ?
            [
                new("every twentieth packet is lost, in either direction", [], Loss),
                HalfOpen("between lines", ["--idle-timeout", "1s"], static _ => Task.CompletedTask),
                HalfOpen(
                    "in mid line",
                    ["--line-timeout", "1s"],
                    static socket => socket.Send("ECHO half a li")
                ),
                HalfOpen("while replies wait", ["--write-timeout", "1s"], Guests.FillUp),
                HalfOpen(
                    "with no limit but keep-alive",
                    ["--idle-timeout", "0"],
                    static _ => Task.CompletedTask
                ) with
                {
                    IsDoneOnce = true,
                },
                new(
                    "half-open: clients vanish with a reply on its way and no limit",
                    ["--idle-timeout", "0"],
                    static (target, scale) =>
                        Vanish(
                            target,
                            scale,
                            static _ => Task.CompletedTask,
                            static socket => socket.Send("TIME\n")
                        )
                )
                {
                    IsDoneOnce = true,
                },
            ]
            : [];

    /// <summary>Whatever the network loses, nobody's reply is wrong or missing.</summary>
    private static async Task<string> Loss(Target target, Scale scale)
    {
        var (clients, batches) = (scale.Of(10, 1_000), scale.Of(2, 10));
        var port = target.EndPoint.Port.ToString(CultureInfo.InvariantCulture);
        string[] lost = ["-m", "statistic", "--mode", "random", "--probability", "0.05", "-j", "DROP"];
        using var towards = await Rule.Add(["-p", "tcp", "--dport", port, .. lost]);
        using var back = await Rule.Add(["-p", "tcp", "--sport", port, .. lost]);
        var start = Stopwatch.GetTimestamp();
        var talking = await Guests.All(
            clients,
            async client =>
            {
                using var socket = await target.Connect().Greeted();
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
            $"{clients:N0} clients, {talking.Sum():N0} replies, none wrong or missing, in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"
        );
    }

    private static Trial HalfOpen(string stage, string[] options, Func<Socket, Task> act) =>
        new(
            $"half-open: clients vanish {stage}",
            options,
            (target, scale) => Vanish(target, scale, act, static _ => Task.CompletedTask)
        );

    /// <summary>
    /// After what they do first nothing reaches them any more; after their last words nothing comes from them, either: not
    /// even a reset.
    /// </summary>
    private static async Task<string> Vanish(
        Target target,
        Scale scale,
        Func<Socket, Task> act,
        Func<Socket, Task> lastWords
    )
    {
        var count = scale.Of(5, 100);
        var files = target.Footprint.Files;
        var guests = await Guests.All(
            count,
            _ =>
                target
                    .Connect(static socket =>
                    {
                        socket.ReceiveBufferSize = 4 * 1_024;
                        socket.Bind(new IPEndPoint(Vanishing, 0));
                    })
                    .Greeted()
        );
        await Task.WhenAll(guests.Select(act));
        var start = Stopwatch.GetTimestamp();
        using var towards = await Rule.Add(["-d", Vanishing.ToString(), "-j", "DROP"]);
        await Task.WhenAll(guests.Select(lastWords));
        using var back = await Rule.Add(["-s", Vanishing.ToString(), "-j", "DROP"]);
        await target.Watch(target.Emptied(files));
        var took = Stopwatch.GetElapsedTime(start);
        Array.ForEach(guests, static guest => guest.Dispose());
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count} of {count} given up after {took.TotalSeconds:N1} s"
        );
    }

    /// <summary>A rule of the kernel's packet filter, for as long as this lasts.</summary>
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
