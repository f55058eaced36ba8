using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Over real sockets: how a server's bytes are cut into writes makes no difference to any result.</summary>
public class CutLaws
{
    [Law]
    public async Task Any_cut_of_the_replies_gives_the_same_results(Cut cut, LineText text)
    {
        await using var server = Truthful.Server(cut);
        Assert.Equal(await AllResultsAsync(server, text), Expected(text));
    }

    [Law]
    public async Task So_does_a_cut_after_every_byte(LineText text)
    {
        await using var server = Truthful.Server(Cut.ByteByByte);
        Assert.Equal(await AllResultsAsync(server, text), Expected(text));
    }

    private static (DateTimeOffset, string, string, bool) Expected(LineText text) =>
        (Some.Moment, text.ToString(), CommandTable.HelpText.ToString(), true);

    private static async Task<(DateTimeOffset, string, string, bool)> AllResultsAsync(
        Peer server,
        LineText text
    )
    {
        await using var client = await server.GreetedAsync();
        return (
            Some.Right(await client.TimeAsync()),
            Some.Right(await client.EchoAsync(text.ToString())),
            Some.Right(await client.HelpAsync()),
            (await client.QuitAsync()).IsRight
        );
    }
}
