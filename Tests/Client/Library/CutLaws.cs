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
    public async Task Any_cut_of_the_replies_gives_the_same_results(Segmentation cut, LineText text)
    {
        await using var server = Truthful.Server(cut);
        Assert.Equal(await AllResultsAsync(server, text), Expected(text));
    }

    [Law]
    public async Task So_does_a_cut_after_every_byte(LineText text)
    {
        await using var server = Truthful.Server(Segmentation.ByteByByte);
        Assert.Equal(await AllResultsAsync(server, text), Expected(text));
    }

    private static (DateTimeOffset, string, string, bool) Expected(LineText text) =>
        (TestValues.Moment, text.ToString(), CommandTable.HelpText.ToString(), true);

    private static async Task<(DateTimeOffset, string, string, bool)> AllResultsAsync(
        Peer server,
        LineText text
    )
    {
        await using var client = await server.GreetedAsync();
        return (
            TestValues.Right(await client.TimeAsync()),
            TestValues.Right(await client.EchoAsync(text.ToString())),
            TestValues.Right(await client.HelpAsync()),
            (await client.QuitAsync()).IsRight
        );
    }
}
