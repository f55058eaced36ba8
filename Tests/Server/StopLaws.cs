using TinyTcp.Core.Errors;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Server;

/// <summary>A stop, with clients that send, read, finish and reset at random.</summary>
public sealed class StopLaws
{
    private const int Clients = 5;
    private const int Operations = 60;
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
        var stop = random.Next(Operations);
        for (var operation = 0; operation < Operations; operation++)
        {
            clients[random.Next(Clients)].RunNext();
            simulation.Advance(random.NextDouble() * Longest);
            if (operation == stop)
            {
                simulation.Stop();
            }
        }

        for (var read = 0; read < 20; read++)
        {
            clients.ForEach(static client => client.Read());
            simulation.Advance(Longest);
        }

        clients.ForEach(static client => client.Finish());
        simulation.Advance(TimeSpan.FromSeconds(2));
        return simulation is { HasStopped: true, Limiter.Count: 0 }
            && clients.All(static client => client.HasExpectedReplies);
    }

    /// <summary>A client that connects, sends requests in segments, reads, finishes or resets at random.</summary>
    private sealed class Client(Simulation simulation, Random random)
    {
        private readonly SimulatedPeer peer = new()
        {
            ReceiveWindow = random.Next(2) == 0 ? 50 : int.MaxValue,
            ReadsAtOnce = random.Next(2) == 0,
        };

        private int sent;
        private bool isConnected;
        private bool hasEnded;

        /// <summary>
        /// Whether it received the greeting, whole replies in order, and the goodbye. Also true if it finished or reset
        /// the connection itself, and if it connected too late to be accepted.
        /// </summary>
        internal bool HasExpectedReplies
        {
            get
            {
                var received = Simulation.ReceivedBy(peer);
                var afterGreeting = received.StartsWith(Simulation.Greeting, StringComparison.Ordinal)
                    ? received[Simulation.Greeting.Length..]
                    : received;
                var isNotified = afterGreeting.EndsWith(ShuttingDown, StringComparison.Ordinal);
                var replies = isNotified ? afterGreeting[..^ShuttingDown.Length] : afterGreeting;
                return hasEnded
                    || received.Length == 0
                    || (
                        isNotified
                        && Requests.StartsWith(replies, StringComparison.Ordinal)
                        && (replies.Length == 0 || replies[^1] == '\n')
                    );
            }
        }

        internal void RunNext()
        {
            if (!isConnected)
            {
                isConnected = true;
                simulation.System.Connect(peer);
            }
            else if (!hasEnded)
            {
                Run(random.Next(20));
            }
        }

        internal void Read() => peer.Read();

        internal void Finish() => peer.Finish();

        private void Run(int choice)
        {
            if (choice == 0)
            {
                hasEnded = true;
                peer.Finish();
            }
            else if (choice == 1)
            {
                hasEnded = true;
                peer.Reset();
            }
            else if (choice < 6)
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
