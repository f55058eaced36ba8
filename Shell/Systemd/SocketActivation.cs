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
    private const int SocketProtocol = 38; // SO_PROTOCOL
    private const int TcpProtocol = 6; // IPPROTO_TCP

    /// <summary>Opens the sockets that were passed to this process.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <returns>The sockets, possibly none; or one sentence that names an unusable descriptor and the reason.</returns>
    public static Either<string, ImmutableArray<Socket>> OpenSockets(Func<string, string?> variable) =>
        CountFor(Environment.ProcessId, variable).Bind(static count => OpenFrom(FirstDescriptor, count));

    /// <summary>The number of sockets passed to a process.</summary>
    internal static Either<string, int> CountFor(int processId, Func<string, string?> variable)
    {
        const string Count = "LISTEN_FDS";
        var count = variable(Count) ?? "0";
        return ParseNumber(variable("LISTEN_PID")) != processId ? 0
            : int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : $"{Count} is '{count}', which is not a number of sockets. Unset it, or start the server by its socket unit.";
    }

    /// <summary>Opens descriptors up to the first that is unusable: LISTEN_FDS may be any number.</summary>
    internal static Either<string, ImmutableArray<Socket>> OpenFrom(int first, int count)
    {
        var sockets = ImmutableArray.CreateBuilder<Socket>();
        while (sockets.Count < count)
        {
            var opened = Open(first + sockets.Count);
            if (opened.IsLeft)
            {
                return (string)opened;
            }

            sockets.Add((Socket)opened);
        }

        return sockets.ToImmutable();
    }

    private static int ParseNumber(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Either<string, Socket> Open(int descriptor)
    {
        if (SetFlags(descriptor, SetDescriptorFlags, CloseOnExec) != 0)
        {
            return $"Descriptor {descriptor} from systemd is not open: LISTEN_FDS promises more sockets than there are.";
        }

        try
        {
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

    private static bool IsTcpListener(Socket socket) =>
        socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
        && socket.SocketType == SocketType.Stream
        && ReadOption(socket, SocketProtocol) == TcpProtocol
        && ReadOption(socket, AcceptsConnections) == 1;

    private static int ReadOption(Socket socket, int option)
    {
        Span<byte> value = stackalloc byte[sizeof(int)];
        socket.GetRawSocketOption(SolSocket, option, value);
        return BitConverter.ToInt32(value);
    }

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int SetFlags(int descriptor, int command, int flags);
}
