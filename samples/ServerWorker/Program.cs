// A TinyTCP server in a host of your own: it starts and stops with the host, and logs to its log.
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TinyTcp.Server;

var port = args is [var text] ? int.Parse(text) : ServerOptions.DefaultPort;

var builder = Host.CreateApplicationBuilder();
builder.Services.AddTinyTcp(new ServerOptions { EndPoint = new IPEndPoint(IPAddress.Loopback, port) });
await builder.Build().RunAsync();
