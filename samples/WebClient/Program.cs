// A web application that asks a TinyTCP server: all requests share one connection, which reconnects.
// Configuration: TinyTcp:Server, for example --TinyTcp:Server=127.0.0.1:40000.
using TinyTcp.Client;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddTinyTcpClient(builder.Configuration.GetSection("TinyTcp"));
builder.Services.AddHealthChecks().AddCheck<TinyTcpHealthCheck>("tinytcp");

var app = builder.Build();
app.MapGet("/time", (TinyTcpClient client) => client.GetTimeAsync().OrThrow());
app.MapGet(
    "/echo/{text}",
    async (TinyTcpClient client, string text) =>
        (await client.EchoAsync(text)).Match(
            Right: echo => Results.Text(echo),
            Left: error => Results.Problem(error.Message, statusCode: 502)
        )
);
app.MapHealthChecks("/healthz");
app.Run();
