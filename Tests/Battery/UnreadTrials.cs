using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using TinyTcp.Core.Sessions;
using TinyTcp.Server;
using Xunit;

namespace TinyTcp.Tests.Battery;

/// <summary>Clients that ask and ask, and read nothing.</summary>
internal static class UnreadTrials
{
    /// <summary>As Shell's page gives it: the replies that wait, a cut line, what was received at once, whole pages.</summary>
    private static readonly long MostEach =
        Math.Max(Limits.Default.MaxUnreadOutput, Session.MinOutputSize(Limits.Default))
        + Limits.Default.MaxLine
        + Math.Max(TinyServer.ReceiveBuffer, Limits.Default.MaxLine / 4)
        + (2 * Environment.SystemPageSize);

    /// <summary>Below so many it is the process itself that would be measured.</summary>
    private const int Crowd = 100;

    private static readonly byte[] Echoes = Many($"ECHO {new string('x', 1_000)}\n", 200);
    private static readonly byte[] Helps = Many("HELP\n", 40_000);

    internal static ImmutableArray<Trial> Rows { get; } =
    [
        new(
            "ECHOs whose replies are never read",
            ["--write-timeout", "0"],
            static (target, scale) => NeverRead(target, Echoes, scale.Of(20, 5_000))
        ),
        new(
            "HELPs whose replies are never read",
            ["--write-timeout", "0"],
            static (target, scale) => NeverRead(target, Helps, scale.Of(20, 1_000))
        ),
    ];

    private static async Task<string> NeverRead(Target target, byte[] requests, int count)
    {
        var (before, kernel) = (target.Footprint.Memory, Footprint.OfKernel());
        var crowd = await Guests.All(count, _ => ConnectWithSmallBuffers(target));
        var watched = await target.Watch(Push(crowd, requests));
        var each = (watched.Peak - before) * 1_024 / count;
        var ofKernel = (Footprint.OfKernel() - kernel) / count;
        Array.ForEach(crowd, static socket => socket.Dispose());
        if (count >= Crowd)
        {
            Assert.InRange(each, 16 * 1_024, MostEach);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} clients that can send no more: {each / 1_024} KiB each of {MostEach / 1_024} allowed; TCP's memory in the kernel {ofKernel} KiB each, both ends; {watched}"
        );
    }

    /// <summary>What this end holds is not the server's doing: it is kept small.</summary>
    private static Task<Socket> ConnectWithSmallBuffers(Target target) =>
        target.Connect(static socket =>
            (socket.SendBufferSize, socket.ReceiveBufferSize) = (16 * 1_024, 4 * 1_024)
        );

    /// <summary>Sends to all in turn whatever they can take, until none takes anything more.</summary>
    private static async Task Push(Socket[] crowd, byte[] requests)
    {
        Array.ForEach(crowd, static socket => socket.Blocking = false);
        for (var took = crowd.Length; took > 0; )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50));
            took = crowd.Count(socket => Takes(socket, requests));
        }
    }

    private static bool Takes(Socket socket, byte[] requests)
    {
        socket.Send(requests, SocketFlags.None, out var error);
        Assert.Contains(error, (SocketError[])[SocketError.Success, SocketError.WouldBlock]);
        return error == SocketError.Success;
    }

    private static byte[] Many(string request, int count) =>
        Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(request, count)));
}
