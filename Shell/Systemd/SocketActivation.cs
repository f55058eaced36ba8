using System.Collections.Immutable;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using LanguageExt;

namespace TinyTcp.Shell.Systemd;

/// <summary>
/// Sockets passed by systemd (sd_listen_fds(3), systemd.socket(5)). systemd keeps them open across restarts, so that
/// connections wait for the next process and are not refused.
/// </summary>
internal static partial class SocketActivation
{
    private const int FirstDescriptor = 3; // SD_LISTEN_FDS_START
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC
    private const int SolSocket = 1;
    private const int AcceptsConnections = 30; // SO_ACCEPTCONN

    /// <summary>Opens the sockets that were passed to this process.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The sockets, possibly none; or one sentence that names an unusable descriptor and the reason.</returns>
    public static Either<string, ImmutableArray<Socket>> OpenSockets(Func<string, string?> variable) =>
        CountFor(Environment.ProcessId, variable) is var count && count > 0
            ? Enumerable
                .Range(FirstDescriptor, count)
                .Select(Open)
                .Sequence()
                .Map(static all => all.ToImmutableArray())
            : ImmutableArray<Socket>.Empty;

    /// <summary>The number of sockets passed to a process.</summary>
    internal static int CountFor(int processId, Func<string, string?> variable) =>
        ParseNumber(variable("LISTEN_PID")) == processId ? ParseNumber(variable("LISTEN_FDS")) : 0;

    private static int ParseNumber(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Either<string, Socket> Open(int descriptor)
    {
        try
        {
            _ = SetFlags(descriptor, SetDescriptorFlags, CloseOnExec);
            var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
            return IsTcpListener(socket)
                ? socket
                : $"Descriptor {descriptor} from systemd is not a listening TCP socket. Give the socket unit ListenStream= with a port.";
        }
        catch (SocketException exception)
        {
            return $"Descriptor {descriptor} from systemd cannot be used: {exception.Message}.";
        }
    }

    private static bool IsTcpListener(Socket socket)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(SolSocket, AcceptsConnections, value);
        return socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && socket.SocketType == SocketType.Stream
            && BitConverter.ToInt32(value) == 1;
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(int descriptor, int command, int flags);
}
