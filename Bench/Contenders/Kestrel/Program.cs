using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace TinyTcp.Bench.Kestrel;

/// <summary>Kestrel without HTTP: its sockets, its pipes, and our handler. Usage: kestrel PORT</summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        var port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<Clock>();
        // Left as it comes: with UnsafePreferInlineScheduling it measured slower, on the one core that it is given.
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(IPAddress.Loopback, port, static door => door.UseConnectionHandler<Visit>())
            );
        builder.Build().Run();
    }
}
