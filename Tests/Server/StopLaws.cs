using TinyTcp.Core.Errors;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>A stop, and clients that do what they like before, meanwhile and afterwards.</summary>
public sealed class StopLaws
{
    private const int Clients = 5;
    private const int Acts = 60;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private static readonly string ShuttingDown = WireBytes.Line(ErrorCode.ShuttingDown);
    private static readonly string Requests = string.Concat(
        Enumerable.Range(0, 1_000).Select(static number => $"ECHO {number}\n")
    );

    [Law]
    public bool Every_client_gets_whole_replies_in_order_then_the_notice_and_the_loop_ends(int seed)
    {
        var random = new Random(seed);
        using var simulation = new Simulation(seed: seed, splitsBytes: true);
        var clients = Enumerable.Range(0, Clients).Select(_ => new Client(simulation, random)).ToList();
        var stop = random.Next(Acts);
        for (var act = 0; act < Acts; act++)
        {
            clients[random.Next(Clients)].Act();
            simulation.Pass(random.NextDouble() * Longest);
            if (act == stop)
            {
                simulation.Stop();
            }
        }

        for (var look = 0; look < 20; look++)
        {
            clients.ForEach(static client => client.Read());
            simulation.Pass(Longest);
        }

        clients.ForEach(static client => client.Finish());
        simulation.Pass(TimeSpan.FromSeconds(2));
        return simulation is { HasEnded: true, Limiter.Count: 0 }
            && clients.All(static client => client.IsContent);
    }

    /// <summary>One that connects, asks in pieces, reads or does not, finishes, or is gone.</summary>
    private sealed class Client(Simulation simulation, Random random)
    {
        private readonly SimulatedPeer peer = new()
        {
            ReceiveWindow = random.Next(2) == 0 ? 50 : int.MaxValue,
            ReadsAtOnce = random.Next(2) == 0,
        };

        private int sent;
        private bool hasCome;
        private bool isDone;

        /// <summary>
        /// Whether all that it heard is right: greeting, replies without a gap, whole, and the goodbye. Who has finished
        /// by itself need not be told; who was reset may have lost the end; who came too late was not heard.
        /// </summary>
        internal bool IsContent
        {
            get
            {
                var said = Simulation.ReceivedBy(peer);
                var rest = said.StartsWith(Simulation.Greeting, StringComparison.Ordinal)
                    ? said[Simulation.Greeting.Length..]
                    : said;
                var isTold = rest.EndsWith(ShuttingDown, StringComparison.Ordinal);
                var replies = isTold ? rest[..^ShuttingDown.Length] : rest;
                return peer.SawReset
                    || isDone
                    || said.Length == 0
                    || (
                        isTold
                        && Requests.StartsWith(replies, StringComparison.Ordinal)
                        && (replies.Length == 0 || replies[^1] == '\n')
                    );
            }
        }

        internal void Act()
        {
            if (!hasCome)
            {
                hasCome = true;
                simulation.System.Connect(peer);
            }
            else if (!isDone)
            {
                Do(random.Next(20));
            }
        }

        internal void Read() => peer.Read();

        internal void Finish() => peer.Finish();

        private void Do(int what)
        {
            if (what == 0)
            {
                isDone = true;
                peer.Finish();
            }
            else if (what == 1)
            {
                isDone = true;
                peer.Reset();
            }
            else if (what < 6)
            {
                peer.Read(random.Next(60));
            }
            else
            {
                var length = random.Next(1, 60);
                peer.Send(WireBytes.Bytes(Requests.Substring(sent, length)));
                sent += length;
            }
        }
    }
}
