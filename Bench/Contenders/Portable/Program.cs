using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Server;

namespace TinyTcp.Bench.Contenders.Portable;

/// <summary>The server on PortableSystem, even if the system has epoll. Usage: <c>portable PORT</c></summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        return await TinyServer
            .StartPortable(
                new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, port) },
                TimeProvider.System,
                NullLogger.Instance
            )
            .MatchAsync(RightAsync: WaitAsync, Left: static error => PrintError(error));
    }

    private static async Task<int> WaitAsync(TinyServer server)
    {
        await server.Completion;
        return 0;
    }

    private static int PrintError(StartError error)
    {
        Console.Error.WriteLine(error);
        return 1;
    }
}
