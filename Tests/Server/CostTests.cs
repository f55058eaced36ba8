using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using LanguageExt;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Core.Sessions;
using TinyTcp.Server.Admission;
using TinyTcp.Server.Connections;
using TinyTcp.Server.EventLoops;
using TinyTcp.Systems;
using TinyTcp.Systems.Simulated;
using TinyTcp.Tests.Support;
using TinyTcp.Tests.Systems;
using Xunit;

namespace TinyTcp.Tests.Server;

/// <summary>
/// System calls and allocations per batch of requests, counted on the real loop over real sockets. A batch of any
/// number of requests takes one wait, one receive and one send, and allocates nothing.
/// </summary>
public sealed class CostTests
{
    private const int Batches = 100;

    public static TheoryData<string, int, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, int, string>();
            foreach (var system in Loopback.Systems)
            {
                foreach (var depth in (int[])[1, 16, 128])
                {
                    cases.Add(system, depth, "ECHO hello\n");
                    cases.Add(system, depth, "TIME\n");
                    cases.Add(system, depth, "echo  hello \r\n");
                    cases.Add(system, depth, "WHAT\nTIME\n");
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_batch_takes_one_wait_one_receive_and_one_send_and_allocates_nothing(
        string system,
        int depth,
        string request
    )
    {
        using var listener = Loopback.Listen();
        var cost =
            system == Loopback.Linux
                ? CostOf(TestSystems.CreateLinux(listener), listener, depth, request)
                : CostOf(TestSystems.Create(system, listener), listener, depth, request);

        // Waiting on .NET's sockets allocates.
        var bytes = system == Loopback.Linux ? 0 : cost.Bytes;
        Assert.Equal(new Cost(Batches, Batches, Batches, Others: 0, bytes), cost);
    }

    /// <summary>An idle connection takes this memory, a timer and the system's slot.</summary>
    [Fact]
    public void The_state_of_a_connection_takes_at_most_96_bytes() =>
        Assert.InRange(Unsafe.SizeOf<Connection>(), 1, 96);

    private static Cost CostOf<TSystem>(TSystem system, Socket listener, int depth, string request)
        where TSystem : ISystem
    {
        var counting = new CountingSystem<TSystem>(system);
        var assigned = new AssignedConnections(counting.Wake);
        using var loop = new EventLoop<CountingSystem<TSystem>>(
            counting,
            Limits.Default,
            new ConnectionLimiter(TestValues.With(Limits.Default, "max-connections", 0)),
            assigned,
            [assigned],
            new VirtualTime(),
            NullLogger.Instance
        );
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(listener.LocalEndPoint!);
        loop.RunOnce();
        client.Receive(new byte[1024]);

        var batch = WireBytes.Bytes(string.Concat(Enumerable.Repeat(request, depth)));
        Count(loop, counting, client, batch);

        // The minimum of several runs: tiered compilation allocates in some.
        return Enumerable
            .Range(0, 5)
            .Select(_ => Count(loop, counting, client, batch))
            .MinBy(cost => cost.Bytes);
    }

    private static Cost Count<TSystem>(
        EventLoop<CountingSystem<TSystem>> loop,
        CountingSystem<TSystem> counting,
        Socket client,
        byte[] batch
    )
        where TSystem : ISystem
    {
        counting.Cost = default;
        for (var iteration = 0; iteration < Batches; iteration++)
        {
            var bytes = Exchange(loop.RunOnce, counting, client, batch);
            counting.Cost = counting.Cost with { Bytes = counting.Cost.Bytes + bytes };
        }

        return counting.Cost;
    }

    /// <summary>Sends a batch and runs the loop until it sends the replies; some waits return no event.</summary>
    /// <returns>The bytes that the loop allocated.</returns>
    private static long Exchange<TSystem>(
        Func<bool> runOnce,
        CountingSystem<TSystem> counting,
        Socket client,
        byte[] batch
    )
        where TSystem : ISystem
    {
        var sends = counting.Cost.Sends;
        client.Send(batch);
        var before = GC.GetAllocatedBytesForCurrentThread();
        while (counting.Cost.Sends == sends)
        {
            runOnce();
        }

        var after = GC.GetAllocatedBytesForCurrentThread();
        client.Receive(new byte[64 * 1024]);
        return after - before;
    }

    private readonly record struct Cost(int Waits, int Receives, int Sends, int Others, long Bytes);

    /// <summary>Counts the calls to a system and forwards them.</summary>
    private sealed class CountingSystem<TSystem>(TSystem system) : ISystem
        where TSystem : ISystem
    {
        private bool isWaiting;

        internal Cost Cost { get; set; }

        public void Wait(TimeSpan timeout)
        {
            isWaiting = true;
            system.Wait(timeout);
        }

        public bool TryNext(out IoEvent ioEvent)
        {
            var found = system.TryNext(out ioEvent);
            if (found)
            {
                Cost = Cost with { Waits = Cost.Waits + (isWaiting ? 1 : 0) };
                isWaiting = false;
                Count(ioEvent.Kind);
            }

            return found;
        }

        public Either<IoError, int> Send(int connection, ReadOnlySpan<byte> bytes)
        {
            Cost = Cost with { Sends = Cost.Sends + 1 };
            return system.Send(connection, bytes);
        }

        public Either<IoError, int> Adopt(int socket)
        {
            CountOther();
            return system.Adopt(socket);
        }

        public void Discard(int socket)
        {
            CountOther();
            system.Discard(socket);
        }

        public void WatchLoss(int connection) => system.WatchLoss(connection);

        public void WatchReadable(int connection)
        {
            CountOther();
            system.WatchReadable(connection);
        }

        public void WatchWritable(int connection)
        {
            CountOther();
            system.WatchWritable(connection);
        }

        public void ShutdownSend(int connection)
        {
            CountOther();
            system.ShutdownSend(connection);
        }

        public void AbortOnClose(int connection)
        {
            CountOther();
            system.AbortOnClose(connection);
        }

        public void Close(int connection)
        {
            CountOther();
            system.Close(connection);
        }

        public EndPoint GetPeer(int socket)
        {
            CountOther();
            return system.GetPeer(socket);
        }

        public int PendingConnections => system.PendingConnections;

        public bool HasReportedAll => system.HasReportedAll;

        public int GetUnacknowledged(int connection)
        {
            CountOther();
            return system.GetUnacknowledged(connection);
        }

        public void CloseListeners()
        {
            CountOther();
            system.CloseListeners();
        }

        public Option<IoError> SetAccepting(bool enabled)
        {
            CountOther();
            return system.SetAccepting(enabled);
        }

        public void Wake() => system.Wake();

        public void Dispose() => system.Dispose();

        private void CountOther() => Cost = Cost with { Others = Cost.Others + 1 };

        private void Count(IoEventKind kind)
        {
            if (kind == IoEventKind.Received)
            {
                Cost = Cost with { Receives = Cost.Receives + 1 };
            }
            else
            {
                CountOther();
            }
        }
    }
}
