using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace TinyTcp.Bench.Contenders.Kestrel;

/// <summary>A server of TinyTcp.Core on Kestrel without HTTP. Usage: <c>kestrel PORT</c></summary>
internal static class Program
{
    private static void Main(string[] arguments)
    {
        var port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton<SessionClock>();
        // Default transport options: on one core, UnsafePreferInlineScheduling was slower.
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
                kestrel.Listen(
                    IPAddress.Loopback,
                    port,
                    static listener => listener.UseConnectionHandler<SessionHandler>()
                )
            );
        builder.Build().Run();
    }
}
