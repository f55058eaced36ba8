using TinyTcp.Core.Sessions;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Core.Sessions;

/// <summary>Where all inputs can be tried, all are.</summary>
public class ExhaustiveTests
{
    private static readonly Limits Small = Some.SmallLimits;

    public static TheoryData<string> ValidLines => ["TIME\n", "ECHO x\n", "HELP\n", "QUIT\n"];

    [Fact]
    public void Every_input_of_one_or_two_bytes_is_answered_as_the_model_answers()
    {
        var inputs = Enumerable
            .Range(0, 256)
            .Select(static one => new[] { (byte)one })
            .Concat(Enumerable.Range(0, 65_536).Select(static two => new[] { (byte)(two >> 8), (byte)two }))
            .ToArray();
        Assert.Equal(65_792, inputs.Length);
        Assert.All(inputs, AgreesWithTheModel);
    }

    [Theory]
    [MemberData(nameof(ValidLines))]
    public void Every_change_of_one_byte_of_a_valid_line_is_answered_as_the_model_answers(string line) =>
        Assert.All(
            from at in Enumerable.Range(0, line.Length)
            from value in Enumerable.Range(0, 256)
            select WireBytes.Bytes(line[..at] + (char)value + line[(at + 1)..]),
            AgreesWithTheModel
        );

    private static void AgreesWithTheModel(byte[] sent)
    {
        var outcome = Play.Whole(sent, Cut.Whole, Small);
        Assert.Equal(Model.Answer(WireBytes.Characters(sent), Small), outcome.Said);
        Assert.Equal(outcome, Play.Whole(sent, Cut.ByteByByte, Small));
    }
}
