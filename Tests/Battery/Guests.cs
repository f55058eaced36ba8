using System.Net.Sockets;
using System.Text;
using TinyTcp.Tests.Server;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients, good ones and bad ones.</summary>
internal static class Guests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>As many as are wanted do the same, all at once.</summary>
    internal static Task<T[]> All<T>(int count, Func<int, Task<T>> act) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(act));

    /// <summary>As many as are wanted do the same, so many at once.</summary>
    internal static Task InTurns(int count, int atOnce, Func<int, Task> act) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce },
            async (number, _) => await act(number)
        );

    /// <summary>One comes, says something, finishes, and hears what it is told until the end.</summary>
    internal static async Task<Heard> Says(this Target target, string requests)
    {
        using var socket = await target.Connect();
        var hearing = socket.Hear();
        await socket.SendAll(Encoding.Latin1.GetBytes(requests));
        socket.Finish();
        return await hearing;
    }

    /// <summary>Hears to the end, however it comes.</summary>
    internal static async Task<Heard> Hear(this Socket socket)
    {
        var said = new StringBuilder();
        var buffer = new byte[16 * 1_024];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer).WaitAsync(Patience)) > 0; )
            {
                said.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }

            return new(said.ToString(), IsReset: false);
        }
        catch (SocketException)
        {
            return new(said.ToString(), IsReset: true);
        }
    }

    /// <summary>Reads the greeting.</summary>
    internal static async Task<Socket> Greeted(this Task<Socket> connecting)
    {
        var socket = await connecting;
        await socket.Read(Simulation.Greeting.Length);
        return socket;
    }

    /// <summary>Sends all of it, or as much as the server takes before it leaves.</summary>
    /// <returns>Whether all of it was taken.</returns>
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

    /// <summary>Says FIN, unless the server has reset the connection before.</summary>
    internal static void Finish(this Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // It is over anyway.
        }
    }

    /// <summary>Goes away without a word.</summary>
    internal static void Reset(this Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    /// <summary>Says something again and again, until the server ends it.</summary>
    /// <returns>What it heard meanwhile.</returns>
    internal static async Task<Heard> KeepsSaying(this Socket socket, string what, TimeSpan every)
    {
        var hearing = socket.Hear();
        var bytes = Encoding.Latin1.GetBytes(what);
        using var timer = new PeriodicTimer(every);
        while (!hearing.IsCompleted && await socket.SendAll(bytes))
        {
            await timer.WaitForNextTickAsync();
        }

        return await hearing;
    }

    /// <summary>Asks for more than it can be told without reading.</summary>
    internal static Task FillUp(this Socket socket) =>
        socket.Send(string.Concat(Enumerable.Repeat("HELP\n", 20_000)));
}
