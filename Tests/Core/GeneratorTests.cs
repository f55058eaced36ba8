using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Generators;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Core;

/// <summary>
/// The distribution of the generators: each case of interest occurs in at least the stated share of a sample. The seed
/// is fixed, so that the result does not change. Shrunk values are no larger and stay in the grammar.
/// </summary>
public class GeneratorTests(ITestOutputHelper output)
{
    private const int SampleSize = 2_000;
    private const int Size = 50;
    private const ulong Seed = 20_250_912;

    [Theory]
    [InlineData("TIME ", 40)]
    [InlineData("ECHO ", 40)]
    [InlineData("HELP COMMANDS", 30)]
    [InlineData("BYE", 10)]
    [InlineData("UNKNOWN_COMMAND", 30)]
    [InlineData("BAD_ARGUMENTS", 10)]
    [InlineData("BAD_ENCODING", 20)]
    [InlineData("LINE_TOO_LONG", 20)]
    [InlineData("WRONG_PROTOCOL", 8)]
    [InlineData("UNTERMINATED_LINE", 5)]
    [InlineData("TOO_MANY_ERRORS", 8)]
    public void Generated_input_reaches_every_reply(string reply, int minPercent)
    {
        var limits = TestValues.With(TestValues.SmallLimits, "max-errors", 3);
        var outputs = SampleOf(ConversationGenerators.Conversation)
            .Select(sent => HostedConversation.Whole(sent.Bytes, Segmentation.Whole, limits).Output)
            .ToArray();
        AssertShare(outputs.Count(text => text.Contains(reply, StringComparison.Ordinal)), minPercent, reply);
    }

    [Theory]
    [InlineData(SessionState.New, 2)]
    [InlineData(SessionState.Greeted, 5)]
    [InlineData(SessionState.Idle, 5)]
    [InlineData(SessionState.InLine, 1)]
    [InlineData(SessionState.DiscardingLine, 1)]
    [InlineData(SessionState.Ended, 30)]
    public void Generated_events_end_in_every_state(SessionState state, int minPercent)
    {
        var states = SampleOf(EventSequences.Any).Select(EventOrderLaws.LastState).ToArray();
        AssertShare(states.Count(last => last == state), minPercent, state.ToString());
    }

    [Theory]
    [InlineData("one segment", 5)]
    [InlineData("an empty segment", 10)]
    [InlineData("a segment of one byte", 20)]
    [InlineData("a segment longer than a line", 10)]
    public void Generated_segmentations_are_of_every_kind(string kind, int minPercent) =>
        AssertShare(
            SampleOf(ConversationGenerators.Segmentation).Count(segmentation => IsOfKind(kind, segmentation)),
            minPercent,
            kind
        );

    [Fact]
    public void A_shrunk_conversation_has_no_more_bytes_and_no_LF_inside_a_line() =>
        Assert.All(
            SampleOf(ConversationGenerators.Conversation).Take(100),
            static sent =>
                Assert.All(
                    ConversationGenerators.Shrink(sent),
                    smaller =>
                    {
                        Assert.True(smaller.Bytes.Length <= sent.Bytes.Length);
                        Assert.All(
                            smaller.Lines,
                            static line => Assert.False(line.Span.Contains(Grammar.Lf))
                        );
                    }
                )
        );

    [Fact]
    public void A_shrunk_text_differs_and_has_no_more_bytes() =>
        Assert.All(
            SampleOf(Texts.Text).Take(200),
            static text =>
                Assert.All(
                    Texts.Shrink(text),
                    smaller => Assert.True(smaller != text && smaller.Bytes.Length <= text.Bytes.Length)
                )
        );

    private static bool IsOfKind(string kind, Segmentation segmentation) =>
        kind switch
        {
            "one segment" => segmentation.Sizes.IsEmpty,
            "an empty segment" => segmentation.Sizes.Contains(0),
            "a segment of one byte" => segmentation.Sizes.Contains(1),
            _ => segmentation.Sizes.Any(static size => size > TestValues.SmallLimits.MaxLine),
        };

    private static T[] SampleOf<T>(Gen<T> gen) => gen.Sample(SampleSize, new Rnd(Seed), Size);

    private void AssertShare(int count, int minPercent, string name)
    {
        output.WriteLine($"{name}: {100.0 * count / SampleSize:F1} %, at least {minPercent} % required");
        Assert.InRange(100.0 * count / SampleSize, minPercent, 100);
    }
}
