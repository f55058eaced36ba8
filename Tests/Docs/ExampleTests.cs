using System.Collections.Immutable;
using System.Globalization;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Every example in a document is a transcript that Core replays without differences.</summary>
public class ExampleTests
{
    public static TheoryData<string, int, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, int, string, string>();
            foreach (
                var block in Markdown.Documents.SelectMany(static path => Markdown.Blocks(path, "transcript"))
            )
            {
                examples.Add(block.Path, block.Line, block.Info, block.Content);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_replays_without_differences(string path, int line, string info, string content) =>
        Assert.True(
            Differences(content, LimitsIn(info)) is [],
            $"{path}, in the block at line {line}:\n{string.Join('\n', Differences(content, LimitsIn(info)))}"
        );

    [Theory]
    [InlineData("README.md")]
    [InlineData("protocol.md")]
    [InlineData("docs/transcripts.md")]
    public void A_document_that_should_have_examples_has_some(string path) =>
        Assert.NotEmpty(Markdown.Blocks(path, "transcript"));

    private static ImmutableArray<string> Differences(string content, Limits limits) =>
        Transcript
            .Parse(content)
            .Match(
                Right: transcript =>
                    [
                        .. TranscriptReplay
                            .Replay(transcript, limits, TestValues.Moment)
                            .Select(static difference => $"{difference}"),
                    ],
                Left: static error => ImmutableArray.Create($"{error}")
            );

    /// <summary>The default limits, changed as the block's info string says.</summary>
    private static Limits LimitsIn(string info) =>
        info.Split(' ')
            .Skip(1)
            .Select(static setting => setting.Split('='))
            .Aggregate(
                Limits.Default,
                static (limits, setting) =>
                    TestValues.With(limits, setting[0], long.Parse(setting[1], CultureInfo.InvariantCulture))
            );
}
