using System.Collections.Immutable;
using TinyTcp.Core.Sessions;
using TinyTcp.Core.Transcripts;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Docs;

/// <summary>Every example in a document is a transcript that Core replays without differences.</summary>
public class ExampleTests
{
    public static TheoryData<string, int, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, int, string>();
            foreach (
                var block in Markdown.Documents.SelectMany(static path => Markdown.Blocks(path, "transcript"))
            )
            {
                examples.Add(block.Path, block.Line, block.Content);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_replays_without_differences(string path, int line, string content) =>
        Assert.True(
            Differences(content) is [],
            $"{path}, in the block at line {line}:\n{string.Join('\n', Differences(content))}"
        );

    [Theory]
    [InlineData("README.md")]
    [InlineData("protocol.md")]
    [InlineData("docs/transcripts.md")]
    public void A_document_that_should_have_examples_has_some(string path) =>
        Assert.NotEmpty(Markdown.Blocks(path, "transcript"));

    private static ImmutableArray<string> Differences(string content) =>
        (
            from transcript in Transcript.Parse(content)
            from settings in TranscriptSettings.Read(transcript, Limits.Default)
            select TranscriptReplay.Replay(
                transcript,
                settings.Limits,
                settings.Now.IfNone(TestValues.Moment)
            )
        ).Match(
            Right: static differences => [.. differences.Select(static difference => $"{difference}")],
            Left: static error => ImmutableArray.Create($"{error}")
        );
}
