using TinyTcp.Client;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Requests of the client's own between the callers', so that replies that look alike cannot be mistaken.</summary>
public class VerifyTests
{
    [Fact]
    public async Task A_stream_of_replies_that_all_look_alike_is_found_to_have_lost_its_place()
    {
        // The server loses the first reply: from then on each gets the next one's, and no text tells.
        await using var server = Peer.Greeting(async caller =>
        {
            await caller.HearAsync();
            for (var turn = 0; turn < 4; turn++)
            {
                await caller.SayAsync($"{await caller.HearAsync()}\n");
            }
        });
        await using var client = await server.GreetedAsync(ClientOptions.Default with { VerifyEvery = 3 });

        var answers = await Task.WhenAll(Enumerable.Repeat("same", 4).Select(text => client.EchoAsync(text)));
        Assert.Equal([true, true, false, false], answers.Select(static answer => answer.IsRight));
        Assert.IsType<ClientError.ProtocolBroken>(TestValues.Left(answers[2]));
    }

    [Fact]
    public async Task Callers_do_not_see_them()
    {
        var heard = new List<string>();
        await using var server = Peer.Greeting(async caller =>
        {
            for (var turn = 0; turn < 6; turn++)
            {
                heard.Add(await caller.HearAsync());
                await caller.SayAsync($"{heard[^1]}\n");
            }
        });
        await using var client = await server.GreetedAsync(ClientOptions.Default with { VerifyEvery = 2 });

        for (var turn = 0; turn < 4; turn++)
        {
            Assert.Equal("same", await client.EchoAsync("same"));
        }

        Assert.Equal(["ECHO same", "ECHO same"], heard.Take(2));
        Assert.Matches("^ECHO tinytcp-[0-9a-f]{16}$", heard[2]);
        Assert.Equal(["ECHO same", "ECHO same"], heard.Skip(3).Take(2));
    }
}
