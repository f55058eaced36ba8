using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>Over real sockets: how a server's bytes are cut into writes makes no difference to any result.</summary>
public class SegmentationLaws
{
    [Law]
    public async Task Segmentation_of_the_replies_does_not_change_the_results(
        Segmentation segmentation,
        LineText text
    )
    {
        await using var server = ReferenceServer.Start(segmentation);
        Assert.Equal(await AllResultsAsync(server, text), Expected(text));
    }

    [Law]
    public async Task Replies_sent_byte_by_byte_give_the_same_results(LineText text)
    {
        await using var server = ReferenceServer.Start(Segmentation.ByteByByte);
        Assert.Equal(await AllResultsAsync(server, text), Expected(text));
    }

    private static (DateTimeOffset, string, string, bool) Expected(LineText text) =>
        (TestValues.Moment, text.ToString(), CommandTable.HelpText.ToString(), true);

    private static async Task<(DateTimeOffset, string, string, bool)> AllResultsAsync(
        FakeServer server,
        LineText text
    )
    {
        await using var client = await server.ConnectedClientAsync();
        return (
            TestValues.Right(await client.GetTimeAsync()),
            TestValues.Right(await client.EchoAsync(text.ToString())),
            TestValues.Right(await client.GetHelpAsync()),
            (await client.QuitAsync()).IsRight
        );
    }
}
