using System.Runtime.InteropServices;
using System.Text;
using TinyTcp.Tests.Battery;
using TinyTcp.Tests.Server;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.EndToEnd;

/// <summary>The server program with too little memory.</summary>
[Trait("Category", "Program")]
public sealed class MemoryTests
{
    private const int Clients = 30;
    private static readonly byte[] UnfinishedLine = Encoding.ASCII.GetBytes(new string('x', 12_000_000));

    /// <summary>The heap has room for some of the lines. Only the clients of the others are reset.</summary>
    [Fact]
    public async Task Without_memory_for_a_line_its_connection_is_reset_and_the_server_goes_on()
    {
        using var server = ProgramProcess.Start(
            ProgramProcess.Server,
            ["--port", "0", "--threads", "1", "--max-line", "16777216"],
            ("DOTNET_GCHeapHardLimit", "8000000")
        );
        var endPoint = await server.ReadEndPoint();
        using var before = await Loopback.Connect(endPoint);
        await before.Read(Simulation.Greeting.Length);
        var clients = await TestClients.All(Clients, _ => Loopback.Connect(endPoint));
        var areSent = await Task.WhenAll(clients.Select(static client => client.SendAll(UnfinishedLine)));
        Assert.Contains(false, areSent);
        Array.ForEach(clients, static client => client.Dispose());

        await before.Send("ECHO still here\n");
        Assert.Equal("ECHO still here\n", await before.Read("ECHO still here\n".Length));
        before.Dispose();
        server.Signal(PosixSignal.SIGTERM);
        Assert.Equal(0, await server.WaitForExit());
        var log = await server.Output.ReadToEndAsync();
        Assert.Contains("no memory for what they sent", log, StringComparison.Ordinal);
    }
}
