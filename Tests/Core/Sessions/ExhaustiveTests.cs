using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Sets of inputs that are small enough to test all of them.</summary>
public class ExhaustiveTests
{
    private static readonly Limits Small = TestValues.SmallLimits;

    public static TheoryData<string> ValidLines => ["TIME\n", "ECHO x\n", "HELP\n", "QUIT\n"];

    [Fact]
    public void Every_input_of_one_or_two_bytes_gives_the_output_of_the_model()
    {
        var inputs = Enumerable
            .Range(0, 256)
            .Select(static value => new[] { (byte)value })
            .Concat(
                Enumerable.Range(0, 65_536).Select(static value => new[] { (byte)(value >> 8), (byte)value })
            )
            .ToArray();
        Assert.Equal(65_792, inputs.Length);
        Assert.All(inputs, AssertAgreesWithTheModel);
    }

    [Theory]
    [MemberData(nameof(ValidLines))]
    public void Every_change_of_one_byte_of_a_valid_line_gives_the_output_of_the_model(string line) =>
        Assert.All(
            from at in Enumerable.Range(0, line.Length)
            from value in Enumerable.Range(0, 256)
            select WireBytes.Bytes(line[..at] + (char)value + line[(at + 1)..]),
            AssertAgreesWithTheModel
        );

    private static void AssertAgreesWithTheModel(byte[] sent)
    {
        var outcome = HostedConversation.Whole(sent, Segmentation.Whole, Small);
        Assert.Equal(Model.OutputFor(WireBytes.Characters(sent), Small), outcome.Output);
        Assert.Equal(outcome, HostedConversation.Whole(sent, Segmentation.ByteByByte, Small));
    }
}
