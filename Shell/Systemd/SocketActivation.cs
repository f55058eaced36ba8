using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LanguageExt;

namespace TinyTcp.Shell.Systemd;

/// <summary>
/// Sockets that systemd keeps open and hands to each process of a service in turn (sd_listen_fds): while one ends and the
/// next starts, who connects waits and is not refused.
/// </summary>
internal static partial class SocketActivation
{
    private const int First = 3;
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int SolSocket = 1;
    private const int IsListening = 30; // SO_ACCEPTCONN

    /// <summary>Takes those that are meant for this process.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The sockets, perhaps none; or what is wrong with one of them.</returns>
    public static Either<string, ImmutableArray<Socket>> Take(Func<string, string?> variable) =>
        CountFor(Environment.ProcessId, variable) is var count && count > 0
            ? Enumerable.Range(First, count).Select(Take).Sequence().Map(static all => all.ToImmutableArray())
            : ImmutableArray<Socket>.Empty;

    /// <summary>How many a process was handed.</summary>
    internal static int CountFor(int process, Func<string, string?> variable) =>
        Number(variable("LISTEN_PID")) == process ? Number(variable("LISTEN_FDS")) : 0;

    private static int Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Either<string, Socket> Take(int descriptor)
    {
        try
        {
            _ = SetFlags(descriptor, SetDescriptorFlags, CloseOnExec);
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            return Listens(socket)
                ? socket
                : $"The socket that was handed over as descriptor {descriptor} is no TCP socket that listens. Give the unit ListenStream= with a port.";
        }
        catch (SocketException exception)
        {
            return $"Descriptor {descriptor}, which was handed over, cannot be used: {exception.Message}.";
        }
    }

    private static bool Listens(Socket socket)
    {
        Span<byte> answer = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(SolSocket, IsListening, answer);
        return socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && socket.SocketType == SocketType.Stream
            && BitConverter.ToInt32(answer) == 1;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(int descriptor, int command, int flags);
}
