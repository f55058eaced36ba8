using TinyTcp.Client;
using TinyTcp.Client.Options;
using TinyTcp.Core.Commands;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Library;

/// <summary>The results do not depend on how the server's bytes are divided into reads.</summary>
public class SegmentationLaws
{
    [Law]
    public Task Segmentation_of_the_replies_does_not_change_the_results(
        Segmentation segmentation,
        LineText text
    ) => AssertResultsAsync(segmentation, text);

    [Law]
    public Task Replies_sent_byte_by_byte_give_the_same_results(LineText text) =>
        AssertResultsAsync(Segmentation.ByteByByte, text);

    private static async Task AssertResultsAsync(Segmentation segmentation, LineText text)
    {
        await using var client = TestValues.Right(
            await TinyTcpClient.AttachAsync(new InMemoryServer(segmentation), ClientOptions.Default)
        );
        Assert.Equal(TestValues.Moment, await client.GetTimeAsync());
        Assert.Equal(text.ToString(), await client.EchoAsync(text.ToString()));
        Assert.Equal(CommandTable.HelpText.ToString(), await client.GetHelpAsync());
        Assert.True((await client.QuitAsync()).IsRight);
    }
}
