using System.Net.Sockets;
using System.Text;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;

namespace TinyTcp.Tests.Battery;

/// <summary>Client actions that the trials share.</summary>
internal static class TestClients
{
    private static readonly TimeSpan ReceiveTimeout = TimeSpan.FromMinutes(3);

    /// <summary>Runs an action so many times, all concurrently.</summary>
    internal static Task<T[]> All<T>(int count, Func<int, Task<T>> action) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(action));

    /// <summary>Runs an action so many times, with bounded parallelism.</summary>
    internal static Task ForEach(int count, int parallelism, Func<int, Task> action) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = parallelism },
            async (number, _) => await action(number)
        );

    /// <summary>Connects, sends requests and FIN, and reads until the server closes.</summary>
    internal static async Task<Received> Exchange(this ServerProcess server, string requests)
    {
        using var socket = await server.Connect();
        var reading = socket.ReadUntilClosed();
        await socket.SendAll(Encoding.Latin1.GetBytes(requests));
        socket.ShutdownSend();
        return await reading;
    }

    /// <summary>Reads until FIN or a reset.</summary>
    internal static async Task<Received> ReadUntilClosed(this Socket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[16 * 1_024];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer).WaitAsync(ReceiveTimeout)) > 0; )
            {
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            return new(text.ToString(), IsReset: false);
        }
        catch (SocketException)
        {
            return new(text.ToString(), IsReset: true);
        }
    }

    /// <summary>Reads the greeting of a new connection.</summary>
    internal static async Task<Socket> ReadGreeting(this Task<Socket> connecting)
    {
        var socket = await connecting;
        await socket.Read(Simulation.Greeting.Length);
        return socket;
    }

    /// <summary>Sends all bytes, or as many as the server accepts before it closes.</summary>
    /// <returns>Whether all bytes were sent.</returns>
    internal static async Task<bool> SendAll(this Socket socket, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                bytes = bytes[await socket.SendAsync(bytes)..];
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Sends FIN, unless the server has already reset the connection.</summary>
    internal static void ShutdownSend(this Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The connection has already ended.
        }
    }

    /// <summary>Closes with a reset.</summary>
    internal static void Abort(this Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    /// <summary>Sends a text repeatedly until the server closes.</summary>
    /// <returns>What the client received.</returns>
    internal static async Task<Received> SendRepeatedly(this Socket socket, string text, TimeSpan interval)
    {
        var reading = socket.ReadUntilClosed();
        var bytes = Encoding.Latin1.GetBytes(text);
        using var timer = new PeriodicTimer(interval);
        while (!reading.IsCompleted && await socket.SendAll(bytes))
        {
            await timer.WaitForNextTickAsync();
        }

        return await reading;
    }

    /// <summary>Requests more replies than fit into all buffers, and reads none.</summary>
    internal static Task RequestWithoutReading(this Socket socket) =>
        socket.Send(string.Concat(Enumerable.Repeat("HELP\n", 20_000)));
}
