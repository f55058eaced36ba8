using FsCheck;
using FsCheck.Fluent;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Core.Sessions;
using TinyTcp.Tests.Support;
using Xunit;
using Xunit.Abstractions;

namespace TinyTcp.Tests.Core.Generators;

/// <summary>
/// What the generators really make: each branch of interest comes up in at least the stated share of the cases
/// (from one fixed seed, so that this is no matter of luck), and shrinkers stay in the grammar.
/// </summary>
public class GeneratorTests(ITestOutputHelper output)
{
    private const int Sample = 2_000;
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
    public void Conversations_reach_every_reply(string reply, int leastPercent)
    {
        var limits = Some.With(Some.SmallLimits, "max-errors", 3);
        var said = Made(Conversations.Conversation)
            .Select(sent => Play.Whole(sent.Bytes, Cut.Whole, limits).Said)
            .ToArray();
        Reaches(said.Count(all => all.Contains(reply, StringComparison.Ordinal)), leastPercent, reply);
    }

    [Theory]
    [InlineData(SessionState.New, 2)]
    [InlineData(SessionState.Greeted, 5)]
    [InlineData(SessionState.Idle, 5)]
    [InlineData(SessionState.InLine, 1)]
    [InlineData(SessionState.DiscardingLine, 1)]
    [InlineData(SessionState.Ended, 30)]
    public void Sequences_of_events_end_in_every_state(SessionState state, int leastPercent)
    {
        var states = Made(EventSequences.Any).Select(EventOrderLaws.LastState).ToArray();
        Reaches(states.Count(last => last == state), leastPercent, state.ToString());
    }

    [Theory]
    [InlineData("one piece", 5)]
    [InlineData("an empty piece", 10)]
    [InlineData("a piece of one byte", 20)]
    [InlineData("a piece longer than a line", 10)]
    public void Cuts_are_of_every_kind(string kind, int leastPercent) =>
        Reaches(Made(Conversations.Cut).Count(cut => IsOf(kind, cut)), leastPercent, kind);

    [Fact]
    public void A_shrunk_conversation_is_smaller_and_its_lines_are_lines() =>
        Assert.All(
            Made(Conversations.Conversation).Take(100),
            static sent =>
                Assert.All(
                    Conversations.Shrink(sent),
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
    public void A_shrunk_text_is_another_text_and_no_longer() =>
        Assert.All(
            Made(Texts.Text).Take(200),
            static text =>
                Assert.All(
                    Texts.Shrink(text),
                    smaller => Assert.True(smaller != text && smaller.Bytes.Length <= text.Bytes.Length)
                )
        );

    private static bool IsOf(string kind, Cut cut) =>
        kind switch
        {
            "one piece" => cut.Sizes.IsEmpty,
            "an empty piece" => cut.Sizes.Contains(0),
            "a piece of one byte" => cut.Sizes.Contains(1),
            _ => cut.Sizes.Any(static size => size > Some.SmallLimits.MaxLine),
        };

    private static T[] Made<T>(Gen<T> gen) => gen.Sample(Sample, new Rnd(Seed), Size);

    private void Reaches(int count, int leastPercent, string name)
    {
        output.WriteLine($"{name}: {100.0 * count / Sample:F1} %, at least {leastPercent} % asked for");
        Assert.InRange(100.0 * count / Sample, leastPercent, 100);
    }
}
