using System.Net.Sockets;
using System.Text;
using LanguageExt;

namespace TinyTcp.Shell.Systemd;

/// <summary>
/// The socket at which systemd, or the manager of a container, receives notifications (NOTIFY_SOCKET, sd_notify(3)). A
/// manager that is away or does not read delays nothing.
/// </summary>
/// <param name="path">A path; or, from @ on, a name in the abstract namespace.</param>
internal sealed class NotifySocket(string path)
{
    // A manager that reads empties its queue sooner.
    private static readonly TimeSpan MaxWait = TimeSpan.FromMilliseconds(100);

    /// <summary>The path, as the variable has it.</summary>
    public string Path => path;

    /// <summary>The socket of this process, if there is a manager.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static Option<NotifySocket> Find(Func<string, string?> variable) =>
        Prelude
            .Optional(variable("NOTIFY_SOCKET"))
            .Filter(static path => path.Length > 0)
            .Map(static path => new NotifySocket(path));

    /// <summary>Sends a state, such as <c>READY=1</c>.</summary>
    /// <returns>Why it could not be sent.</returns>
    public Option<string> Send(string state)
    {
        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
            socket.Blocking = false;
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? $"\0{path[1..]}" : path));
            _ = socket.Poll(MaxWait, SelectMode.SelectWrite);
            socket.Send(Encoding.ASCII.GetBytes(state));
            return Option<string>.None;
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            return exception.Message;
        }
    }
}
