using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using TinyTcp.Server;

namespace TinyTcp.Bench.Portable;

/// <summary>The server on the portable system, also where there is epoll. Usage: portable PORT</summary>
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
            .MatchAsync(RightAsync: ServeAsync, Left: static error => Complain(error));
    }

    private static async Task<int> ServeAsync(TinyServer server)
    {
        await server.Completion;
        return 0;
    }

    private static int Complain(StartError error)
    {
        Console.Error.WriteLine(error);
        return 1;
    }
}
