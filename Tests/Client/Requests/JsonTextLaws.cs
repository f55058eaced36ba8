using System.Text.Json.Nodes;
using TinyTcp.Cli.IO;
using TinyTcp.Cli.Requests;
using TinyTcp.Core.Wire;
using TinyTcp.Tests.Support;
using Xunit;

namespace TinyTcp.Tests.Client.Requests;

/// <summary>Which characters JSON shows.</summary>
public class JsonTextLaws
{
    /// <summary>N-2.</summary>
    [Law]
    public void JSON_shows_no_character_that_could_control_a_terminal(LineText text)
    {
        var json = Serialize(text);
        Assert.Equal(
            json.Replace(@"\", @"\\", StringComparison.Ordinal),
            Escape.ToPrintable(WireBytes.Utf8(json))
        );
        Assert.Equal(text.ToString(), (string?)JsonNode.Parse(json)!["reply"]);
    }

    [Theory]
    [InlineData("a+b='<ü>' & 漢", "a+b='<ü>' & 漢")]
    [InlineData("a\u202Eb\u009B", @"a\u202Eb\u009B")]
    public void Signs_and_letters_stand_as_they_are(string text, string shown) =>
        Assert.Contains($"\"reply\":\"{shown}\"", Serialize(TestValues.Text(text)), StringComparison.Ordinal);

    private static string Serialize(LineText reply) =>
        JsonText.Serialize(
            AnswerJson.From("host:1", ByteString.From(reply.Bytes), error: null),
            AnswerJsonContext.Output.AnswerJson
        );
}
